import type {
  CacheControlEphemeral,
  ContentBlockParam,
  MessageCreateParamsStreaming,
  MessageParam,
} from '@anthropic-ai/sdk/resources/messages';

type Params = MessageCreateParamsStreaming;

const canHold = ({ type }: ContentBlockParam): boolean =>
  type === 'text' || type === 'image' || type === 'document' || type === 'tool_result' || type === 'tool_use';

const withLast = <T extends object>(list: readonly T[], mark: CacheControlEphemeral): T[] =>
  list.map((each, index) => (index === list.length - 1 ? { ...each, cache_control: mark } : each));

function markMessage(message: MessageParam, mark: CacheControlEphemeral): MessageParam {
  if (typeof message.content === 'string') return message;
  const place = message.content.findLastIndex(canHold);
  const content = message.content.map((block, index) =>
    index === place ? ({ ...block, cache_control: mark } as ContentBlockParam) : block,
  );
  return { ...message, content } as MessageParam;
}

/**
 * Marks what the server is to keep: tools with instructions, the conversation up to the turn before, and all of it. The
 * mark before the last makes sure that a long turn, of which the server looks at only some blocks, finds it again.
 */
export function markForCache(params: Params, ttl: 'off' | '5m' | '1h'): Params {
  if (ttl === 'off') return params;
  const mark: CacheControlEphemeral = { type: 'ephemeral', ttl };
  const { system, tools, messages } = params;
  const asked = messages.flatMap(({ role }, index) => (role === 'user' ? [index] : [])).slice(-2);
  const isSystem = Array.isArray(system) && system.length > 0;
  return {
    ...params,
    messages: messages.map((message, index) => (asked.includes(index) ? markMessage(message, mark) : message)),
    ...(isSystem ? { system: withLast(system, mark) } : {}),
    ...(tools && !isSystem ? { tools: withLast(tools, mark) } : {}),
  };
}

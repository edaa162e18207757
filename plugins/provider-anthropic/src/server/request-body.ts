import type { MessageCreateParamsStreaming, ToolUnion } from '@anthropic-ai/sdk/resources/messages';
import type { FileContent, ModelEvent, ModelRequest } from '@parley/contracts';
import { parseParameters } from '@parley/provider';
import { Parameters } from './config.ts';
import type { Config } from './config.ts';
import { toMessages, toSystem, toTools } from './messages.ts';

/** The request as the API takes it, and what could not be done as asked. */
export interface Body {
  readonly params: MessageCreateParamsStreaming;
  readonly notices: readonly ModelEvent[];
}

const WEB_SEARCH: ToolUnion = { type: 'web_search_20250305', name: 'web_search' };

const thinkingOf = ({ thinking, thinkingTokens }: Parameters): Pick<MessageCreateParamsStreaming, 'thinking'> => {
  if (thinkingTokens !== undefined) return { thinking: { type: 'enabled', budget_tokens: thinkingTokens } };
  if (thinking === 'adaptive') return { thinking: { type: 'adaptive', display: 'summarized' } };
  return thinking === 'off' ? { thinking: { type: 'disabled' } } : {};
};

function outputOf(request: ModelRequest, { effort }: Parameters): Pick<MessageCreateParamsStreaming, 'output_config'> {
  const format = request.responseFormat && {
    type: 'json_schema' as const,
    schema: { ...request.responseFormat.schema },
  };
  if (!format && effort === undefined) return {};
  return { output_config: { ...(format ? { format } : {}), ...(effort === undefined ? {} : { effort }) } };
}

/** Makes the body of a request. @throws MODEL_BAD_REQUEST for parameters these models do not have */
export function toBody(
  request: ModelRequest,
  config: Pick<Config, 'title' | 'promptCache' | 'maxOutputTokens'>,
  files: ReadonlyMap<string, FileContent>,
): Body {
  const parameters = parseParameters(Parameters, request.parameters, config.title);
  const {
    temperature,
    topP,
    thinkingTokens = 0,
    maxOutputTokens = config.maxOutputTokens + thinkingTokens,
  } = parameters;
  const wanted = request.builtInTools ?? [];
  const foreign = wanted.filter((name) => name !== 'web-search');
  const tools: ToolUnion[] = [...toTools(request.tools), ...(wanted.includes('web-search') ? [WEB_SEARCH] : [])];
  const system = toSystem(request.messages);
  const cache = config.promptCache;
  return {
    params: {
      model: request.model,
      max_tokens: maxOutputTokens,
      messages: toMessages(request.messages, files),
      stream: true,
      ...(system.length > 0 ? { system } : {}),
      ...(tools.length > 0 ? { tools } : {}),
      // Marks the last block that can be kept, whatever comes after it the next time.
      ...(cache === 'off' ? {} : { cache_control: { type: 'ephemeral' as const, ttl: cache } }),
      ...(temperature === undefined ? {} : { temperature }),
      ...(topP === undefined ? {} : { top_p: topP }),
      ...thinkingOf(parameters),
      ...outputOf(request, parameters),
    },
    notices: foreign.map((name) => ({
      type: 'notice',
      level: 'info',
      text: `${config.title} does not offer ${name} by itself.`,
    })),
  };
}

import type { ModelMessage } from '@parley/contracts';
import { isToolCall } from './parts.ts';

/**
 * The conversation with an id of its own for each call of a tool: some servers begin to count anew with every answer, and
 * others refuse an id that comes twice. What is renamed is named the same in every later request.
 */
export function withOwnCallIds(messages: readonly ModelMessage[]): readonly ModelMessage[] {
  const seen = new Set<string>();
  return messages.map((message) => ({
    ...message,
    parts: message.parts.map((part) => {
      if (!isToolCall(part)) return part;
      let { callId } = part;
      for (let count = 2; seen.has(callId); count += 1) callId = `${part.callId}-${count}`;
      seen.add(callId);
      return callId === part.callId ? part : { ...part, callId };
    }),
  }));
}

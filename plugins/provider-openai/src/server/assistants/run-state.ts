import type { ModelMessage, ToolCallPart } from '@parley/contracts';
import { isToolCall, opaqueOf } from '@parley/provider';

/** A run that waits for what tools gave, as its calls keep it. Shape: `calls` are the ids of all that it waits for. */
export interface WaitingRun {
  readonly thread: string;
  readonly run: string;
  readonly calls: readonly string[];
}

/** What such runs are kept under: the server they wait at. */
export const familyOf = ({ baseUrl }: { readonly baseUrl: string }): string =>
  `openai-assistants@${new URL(baseUrl).host}`;

/** The run that the conversation ends in, with the calls it waits for; nothing where a new one is to begin. */
export function findWaitingRun(
  messages: readonly ModelMessage[],
  family: string,
): { readonly waiting: WaitingRun; readonly calls: readonly ToolCallPart[] } | undefined {
  const last = messages.at(-1);
  const part = last?.parts.at(-1);
  if (last?.role !== 'assistant' || part === undefined || !isToolCall(part)) return undefined;
  const waiting = opaqueOf(part, family) as WaitingRun | undefined;
  const calls = last.parts.filter(isToolCall).filter(({ callId }) => waiting?.calls.includes(callId));
  return waiting && calls.length === waiting.calls.length ? { waiting, calls } : undefined;
}

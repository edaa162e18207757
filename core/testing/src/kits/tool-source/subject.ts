import { createPrincipal } from '@parley/contracts';
import type { ToolCall, ToolResult, ToolSource } from '@parley/contracts';

/** One use of a tool of the source. */
export interface KitCall {
  readonly name: string;
  readonly input: unknown;
}

/** A source under test and the calls that show its sides. A missing call skips the cases that need it. */
export interface ToolSourceSubject {
  readonly source: ToolSource;
  readonly calls: {
    /** A call that succeeds; `text` when the whole result is known. */
    readonly plain: KitCall & { readonly text?: string };
    /** An input that does not fit the tool's schema. */
    readonly invalid: KitCall;
    /** A call that takes at least 3 s when it is left alone. */
    readonly slow?: KitCall;
    /** A call whose result would be larger than `TOOL_LIMITS.resultBytes`. */
    readonly huge?: KitCall;
  };
  /** Calls that the tool fails at, by the `toolErrors` code they must end with, such as `TOOL_FAILED`. */
  readonly faults?: Readonly<Record<string, KitCall>>;
}

/** On whose behalf the kit calls. */
export const kitCaller: ToolCall = {
  principal: createPrincipal({ kind: 'user', id: 'kit-user' }),
  requestId: 'kit-request',
};

/** Calls a tool of the subject. */
export const callOf = (
  { source }: ToolSourceSubject,
  { name, input }: KitCall,
  signal: AbortSignal = new AbortController().signal,
): Promise<ToolResult> => source.call(name, input, kitCaller, signal);

import type * as z from 'zod';
import type { CallContext } from '../domain/call-context.ts';

/**
 * How the taps of a hook run together.
 * - `notify`: all at once, errors never reach the caller.
 * - `series`: one after the other.
 * - `waterfall`: each may replace the value; nothing returned keeps it.
 * - `bail`: the first answer wins.
 * - `parallel`: all at once, waits for all.
 * - `collect`: all at once with one shared deadline; takes what arrived.
 * - `gate`: all must allow; anything else, an error and a time-out included, denies.
 * - `around`: wraps the call, outermost first.
 * - `stream`: synchronous push taps over the parts of a running answer.
 */
export type HookKind =
  | 'notify'
  | 'series'
  | 'waterfall'
  | 'bail'
  | 'parallel'
  | 'collect'
  | 'gate'
  | 'around'
  | 'stream';

/** A gate's answer; a denial has a code that a client can show words for. */
export type Verdict =
  | { readonly allow: true }
  | { readonly allow: false; readonly code: string; readonly message: string };

/**
 * A synchronous state machine over one stream: it may drop, hold, split or add items. What it emits goes on when its
 * method has returned; `emit` is for the method it was given to, and does nothing afterwards.
 */
export interface StreamTap<P> {
  onPart(part: P, emit: (part: P) => void): void;
  /** Called once at the end of the stream; the place to release what was held. */
  onEnd?(emit: (part: P) => void): void;
}

/** A named, typed point in the server's flow that plugins tap. */
export interface Hook<K extends HookKind, I, O = void> {
  readonly id: string;
  readonly kind: K;
  /** What the hook is for, one sentence, for the reference docs. */
  readonly summary: string;
  readonly input: z.ZodType<I>;
  readonly output?: z.ZodType<O>;
  /** What a failing tap does: `skip` goes on without it, `fail` ends the call. A gate always fails closed. */
  readonly onError: 'skip' | 'fail';
  /** Time each tap may take, milliseconds; 0 for the synchronous `stream` kind. */
  readonly timeoutMs: number;
}

/** Any hook, whatever it carries. */
export type AnyHook = {
  readonly id: string;
  readonly kind: HookKind;
  readonly summary: string;
  readonly onError: 'skip' | 'fail';
  readonly timeoutMs: number;
};

/** A hook as data; its owner decides kind, time limit and what a failing tap does. */
export function defineHook<const K extends HookKind, I, O = void>(hook: Hook<K, I, O>): Hook<K, I, O> {
  return hook;
}

type Awaitable<T> = T | Promise<T>;

/** The function that taps a hook `H`. */
export type Tap<H> =
  H extends Hook<infer K, infer I, infer O>
    ? K extends 'waterfall'
      ? (value: I, call: CallContext) => Awaitable<I | void>
      : K extends 'gate'
        ? (value: I, call: CallContext) => Awaitable<Verdict>
        : K extends 'bail' | 'collect'
          ? (value: I, call: CallContext) => Awaitable<O | void>
          : K extends 'around'
            ? (value: I, next: (value: I) => Promise<O>, call: CallContext) => Promise<O>
            : K extends 'stream'
              ? (opening: I, call: CallContext) => StreamTap<O> | void
              : (value: I, call: CallContext) => Awaitable<void>
    : never;

/** A running stream with every tap of its hook applied; items come out through the sink given at the start. */
export interface StreamPipe<P> {
  push(part: P): void;
  end(): void;
}

/** What the owner of a hook `H` calls to run its taps. */
export type HookRunner<H> =
  H extends Hook<infer K, infer I, infer O>
    ? K extends 'waterfall'
      ? { run(value: I, call: CallContext): Promise<I> }
      : K extends 'gate'
        ? { run(value: I, call: CallContext): Promise<Verdict> }
        : K extends 'bail'
          ? { run(value: I, call: CallContext): Promise<O | undefined> }
          : K extends 'collect'
            ? { run(value: I, call: CallContext): Promise<readonly O[]> }
            : K extends 'around'
              ? { run(value: I, base: (value: I) => Promise<O>, call: CallContext): Promise<O> }
              : K extends 'stream'
                ? { open(opening: I, sink: (part: O) => void, call: CallContext): StreamPipe<O> }
                : { run(value: I, call: CallContext): Promise<void> }
    : never;

/** Where a tap stands among the others: names, never numbers. */
export interface TapOrder {
  /** Plugin ids this tap runs before. */
  readonly before?: readonly string[];
  /** Plugin ids this tap runs after. */
  readonly after?: readonly string[];
  readonly phase?: 'early' | 'normal' | 'late';
  /** Runs only when each named field of the value equals the given one; data, so an unmatched tap costs nothing. */
  readonly when?: Readonly<Record<string, string | number | boolean>>;
}

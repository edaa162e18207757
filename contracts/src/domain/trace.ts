/** When something happened. Units: milliseconds since 1970 and milliseconds. */
interface Span {
  readonly startedAtMs: number;
  /** Own time: what a tap waited for others inside it is not in it. */
  readonly durationMs: number;
}

/**
 * What a tap did with one value.
 * - `ran`: a tap that gives nothing back.
 * - `passed`: left the value as it was, or had no answer.
 * - `changed`: gave another value.
 * - `answered`: gave an answer of its own.
 * - `allowed`, `denied`: the verdict of a gate.
 * - `failed`: threw or took too long.
 */
export type TapOutcome = 'ran' | 'passed' | 'changed' | 'answered' | 'allowed' | 'denied' | 'failed';

/** One tap of a hook, called for one value. */
export interface TapTrace extends Span {
  readonly kind: 'tap';
  readonly hook: string;
  readonly pluginId: string;
  readonly outcome: TapOutcome;
  /** The value as the tap got it, and what came of it: to be read, never changed. */
  readonly input: unknown;
  readonly output: unknown;
  /** What went wrong, in words for an operator. */
  readonly error?: string;
}

/** A part that a stream tap did not let through as it was. */
export interface ChangedPart {
  readonly input: unknown;
  readonly output: readonly unknown[];
}

/** One tap over a whole stream, told when the stream ends. */
export interface StreamTrace extends Span {
  readonly kind: 'stream';
  readonly hook: string;
  readonly pluginId: string;
  readonly partsIn: number;
  readonly partsOut: number;
  /** The first few parts that it changed, dropped, held or added to. */
  readonly changed: readonly ChangedPart[];
  readonly changedParts: number;
  readonly error?: string;
}

/** One request to a model. */
export interface ModelTrace extends Span {
  readonly kind: 'model';
  /** `provider/model`. */
  readonly model: string;
  /** Time until the first event; absent when none came. */
  readonly firstEventMs?: number;
  /** What was asked: to be read, never changed. */
  readonly request: unknown;
  readonly error?: string;
}

/** One step on the way of an answer. */
export type TraceEntry = TapTrace | StreamTrace | ModelTrace;

/** Told of each step of a call that is traced; keeps it short, since the call waits. */
export type Trace = (entry: TraceEntry) => void;

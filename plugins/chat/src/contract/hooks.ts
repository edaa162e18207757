import { defineHook } from '@parley/contracts';
import type { ModelMessage, ModelTool, Opaque, Part, Run, Trace } from '@parley/contracts';
import * as z from 'zod';

/** Everything a model is about to be asked. */
export interface Prompt {
  readonly conversationId: string;
  readonly runId: string;
  readonly model: string;
  /** Instructions before the conversation; may be empty. */
  readonly system: string;
  readonly messages: readonly ModelMessage[];
  readonly tools: readonly ModelTool[];
  readonly parameters: Readonly<Record<string, unknown>>;
  /** What the provider does by itself, such as `web-search`. */
  readonly builtInTools: readonly string[];
}

/** May refuse a message before it is saved: quota, moderation, policy. */
export const chatAdmit = defineHook({
  id: 'chat.admit',
  kind: 'gate',
  summary: 'May refuse a message before it is saved.',
  input: z.custom<{ readonly conversationId: string; readonly model: string; readonly parts: readonly Part[] }>(),
  onError: 'fail',
  timeoutMs: 5_000,
});

/** Notes what one answer goes through. */
export interface RunTracer {
  readonly trace: Trace;
  /** The message was admitted: from now on it is known which run it is. */
  admitted(run: { readonly runId: string; readonly conversationId: string; readonly ownerId: string }): void;
}

/** Asked before a message is admitted whether somebody wants to know what its answer goes through; the first says how. */
export const runTrace = defineHook({
  id: 'run.trace',
  kind: 'bail',
  summary: 'Asked before a message is admitted whether its answer is to be traced.',
  input: z.custom<{ readonly conversationId: string; readonly model: string }>(),
  output: z.custom<RunTracer>(),
  onError: 'skip',
  timeoutMs: 100,
});

/** Shapes what the model is asked. */
export const chatPrompt = defineHook({
  id: 'chat.prompt',
  kind: 'waterfall',
  summary: 'Shapes what the model is asked.',
  input: z.custom<Prompt>(),
  onError: 'skip',
  timeoutMs: 5_000,
});

/** Which model is about to be asked for an answer. */
export interface Route {
  readonly conversationId: string;
  readonly runId: string;
  /** What the person picked, `provider/model`. */
  readonly wanted: string;
  /** What will be asked: a tap names another one here. After a failure it is the one that failed. */
  readonly model: string;
  /** 0 before the first request. */
  readonly attempt: number;
  /** Why the attempt before failed. */
  readonly failure?: { readonly code: string; readonly message: string };
  /** Models that were asked in vain, the first first. */
  readonly tried: readonly string[];
  /** Why another model answers, for people; it becomes a notice of the answer. */
  readonly reason?: string;
}

/**
 * Says which model answers: asked before the first request, and after a failure as long as nothing of the answer was
 * shown. When nobody names another model after a failure, the run ends with it.
 */
export const chatRoute = defineHook({
  id: 'chat.route',
  kind: 'waterfall',
  summary: 'Says which model answers, before the first request and after a failure.',
  input: z.custom<Route>(),
  onError: 'skip',
  timeoutMs: 5_000,
});

/** One piece of a running answer on its way to log and readers. With `opaque` it is the last of its part, and may be empty. */
export type StreamPart =
  | { readonly type: 'text'; readonly text: string; readonly opaque?: Opaque }
  | { readonly type: 'reasoning'; readonly text: string; readonly opaque?: Opaque }
  | { readonly type: 'part'; readonly part: Part };

/** What a stream tap may know when the answer begins. */
export interface StreamOpening {
  readonly conversationId: string;
  readonly runId: string;
  readonly model: string;
}

/** Sees each piece of an answer before log and readers; synchronous. */
export const chatStream = defineHook<'stream', StreamOpening, StreamPart>({
  id: 'chat.stream',
  kind: 'stream',
  summary: 'Sees each piece of an answer before log and readers; synchronous.',
  input: z.custom<StreamOpening>(),
  onError: 'skip',
  timeoutMs: 0,
});

/** A run that has reached its final state. */
export interface FinishedRun {
  readonly run: Run;
  readonly ownerId: string;
}

/** Called exactly once for each run, on success, error and stop, after the message is saved. */
export const runFinished = defineHook({
  id: 'run.finished',
  kind: 'notify',
  summary: 'Called exactly once for each run, after its message is saved.',
  input: z.custom<FinishedRun>(),
  onError: 'skip',
  timeoutMs: 10_000,
});

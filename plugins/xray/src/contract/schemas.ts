import { Id, RunState, Usage } from '@parley/contracts';
import * as z from 'zod';

/** One place of a value that a plugin changed; texts are cut where they are long. */
export const Change = z.object({
  /** Where: `system`, `messages[2].parts[0].text`. */
  path: z.string(),
  /** Absent for what was added. */
  before: z.string().optional(),
  /** Absent for what was removed. */
  after: z.string().optional(),
});
export type Change = z.output<typeof Change>;

const span = {
  /** Time from the first step to this one. */
  offsetMs: z.number(),
  durationMs: z.number(),
  /** What went wrong, in words. */
  error: z.string().optional(),
};

/** A tap that met one value. */
export const TapStep = z.object({
  kind: z.literal('tap'),
  ...span,
  hook: z.string(),
  pluginId: z.string(),
  outcome: z.enum(['ran', 'passed', 'changed', 'answered', 'allowed', 'denied', 'failed']),
  changes: z.array(Change),
  /** Tokens that its changes add to the prompt, or take from it; estimated at four characters each. */
  tokens: z.number().int(),
  /** Whether there were more changes than are kept. */
  isCut: z.boolean(),
});
export type TapStep = z.output<typeof TapStep>;

/** A tap over the whole stream of the answer. */
export const StreamStep = z.object({
  kind: z.literal('stream'),
  ...span,
  hook: z.string(),
  pluginId: z.string(),
  partsIn: z.number().int(),
  partsOut: z.number().int(),
  changedParts: z.number().int(),
  /** The first parts it changed. */
  samples: z.array(z.object({ before: z.string(), after: z.string() })),
});
export type StreamStep = z.output<typeof StreamStep>;

/** The request to the model. */
export const ModelStep = z.object({
  kind: z.literal('model'),
  ...span,
  model: z.string(),
  /** Time until the model began to answer. */
  firstEventMs: z.number().optional(),
  messages: z.number().int(),
  tools: z.array(z.string()),
  parameters: z.array(z.string()),
});
export type ModelStep = z.output<typeof ModelStep>;

/** One step on the way of an answer. */
export const Step = z.discriminatedUnion('kind', [TapStep, StreamStep, ModelStep]);
export type Step = z.output<typeof Step>;

/** What each plugin did to one answer, in order. Units: milliseconds; tokens and US dollars in `usage`. */
export const Xray = z.object({
  runId: Id,
  messageId: Id,
  conversationId: Id,
  model: z.string(),
  state: RunState,
  at: z.iso.datetime(),
  usage: Usage.optional(),
  steps: z.array(Step),
  /** Whether there were more steps than are kept. */
  isCut: z.boolean(),
});
export type Xray = z.output<typeof Xray>;

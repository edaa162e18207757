import * as z from 'zod';
import { Id } from './ids.ts';
import { Message } from './message.ts';
import { Opaque, Part } from './part.ts';
import { Problem } from './problem.ts';
import { RunState } from './run.ts';
import { Usage } from './usage.ts';

/** Position in a run's log: 1, 2, 3 without holes. It is the SSE `id:`. */
const seq = z.number().int().min(1);
/** Place of a part in the message, from 0. */
const index = z.number().int().min(0);

/** The run began. */
export const RunStart = z.object({
  type: z.literal('run-start'),
  seq,
  runId: Id,
  conversationId: Id,
  messageId: Id,
  userMessageId: Id,
  model: z.string(),
});
/** A part began; text and reasoning begin empty and grow by deltas, others come whole. */
export const PartStart = z.object({ type: z.literal('part-start'), seq, index, part: Part });
/** Text to append to the part. */
export const PartDelta = z.object({ type: z.literal('part-delta'), seq, index, text: z.string() });
/** The part will not change again. `durationMs` counts from its start. */
export const PartEnd = z.object({
  type: z.literal('part-end'),
  seq,
  index,
  durationMs: z.number().min(0),
  opaque: Opaque.optional(),
});
/** The model asks for a tool; durable before the tool runs. */
export const ToolCallEvent = z.object({
  type: z.literal('tool-call'),
  seq,
  index,
  callId: z.string(),
  name: z.string(),
  input: z.unknown(),
  opaque: Opaque.optional(),
});
/** What the tool gave, or why it gave nothing. */
export const ToolResultEvent = z.object({
  type: z.literal('tool-result'),
  seq,
  index,
  callId: z.string(),
  output: z.unknown().optional(),
  error: z.string().optional(),
});
/** A person must allow a tool call. */
export const ApprovalRequestEvent = z.object({ type: z.literal('approval-request'), seq, index, callId: z.string() });
/** What the person decided. */
export const ApprovalEvent = z.object({
  type: z.literal('approval'),
  seq,
  index,
  callId: z.string(),
  decision: z.enum(['allow', 'deny']),
});
/** What the answer has used so far. */
export const UsageEvent = z.object({ type: z.literal('usage'), seq, usage: Usage });
/** The conversation's new title. */
export const TitleEvent = z.object({ type: z.literal('title'), seq, title: z.string() });
/** Words for the person about the run itself, for example a fallback to another model; kept with its message. */
export const NoticeEvent = z.object({
  type: z.literal('notice'),
  seq,
  level: z.enum(['info', 'warning']),
  text: z.string(),
});
/** Another model than the one before answers from here on; said before anything of the answer. */
export const AnsweringModelEvent = z.object({ type: z.literal('model'), seq, model: z.string() });
/** The whole message up to `seq`, sent instead of events that are no longer kept. */
export const SnapshotEvent = z.object({ type: z.literal('snapshot'), seq, message: Message });
/** The one last event. */
export const RunEnd = z.object({
  type: z.literal('run-end'),
  seq,
  state: RunState,
  usage: Usage.optional(),
  error: Problem.optional(),
});
/** An event type of a plugin: `x.<plugin>.<name>`. */
export const PluginEvent = z.object({
  type: z.string().regex(/^x\.[a-z0-9-]+(\.[a-z0-9-]+)+$/),
  seq,
  data: z.unknown(),
});

/** One entry of a run's log. Open to plugins through `PluginEvent`, never by editing this union. */
export const RunEvent = z.union([
  PartDelta,
  RunStart,
  PartStart,
  PartEnd,
  ToolCallEvent,
  ToolResultEvent,
  ApprovalRequestEvent,
  ApprovalEvent,
  UsageEvent,
  TitleEvent,
  NoticeEvent,
  AnsweringModelEvent,
  SnapshotEvent,
  RunEnd,
  PluginEvent,
]);
export type RunEvent = z.output<typeof RunEvent>;

import * as z from 'zod';

/** Where a plugin stands; what each state means stands in the guide for operators. */
export const PluginStateName = z.enum([
  'discovered',
  'invalid',
  'resolved',
  'waiting',
  'starting',
  'ready',
  'degraded',
  'draining',
  'stopped',
  'failed',
  'quarantined',
]);
export type PluginStateName = z.output<typeof PluginStateName>;

const LastError = z.object({ message: z.string(), atMs: z.number() });
/**
 * How calls went. Units: milliseconds; quantiles of the last thousands of calls, absent before the first. A refusal such
 * as "not found" is no error.
 */
const figures = {
  calls: z.number().int().default(0),
  errors: z.number().int().default(0),
  timeouts: z.number().int().default(0),
  totalMs: z.number().default(0),
  p50Ms: z.number().optional(),
  p95Ms: z.number().optional(),
  lastError: LastError.optional(),
};

/**
 * A breaker that has opened at least once: of one plugin in one hook, or before one of its implementations. Units:
 * `sinceMs` is the age of the state in milliseconds.
 */
export const BreakerView = z.object({
  hook: z.string().optional(),
  capability: z.string().optional(),
  key: z.string().optional(),
  state: z.enum(['closed', 'open', 'probing']),
  trips: z.number().int(),
  reason: z.string().optional(),
  sinceMs: z.number(),
});
export type BreakerView = z.output<typeof BreakerView>;

/** One capability a plugin needs, and who may provide it. */
export const NeedView = z.object({
  capability: z.string(),
  need: z.enum(['required', 'optional', 'live']),
  providers: z.array(z.string()),
});
export type NeedView = z.output<typeof NeedView>;

/** One capability a plugin provides; of a stream the time to its first item counts. */
export const ProvisionView = z.object({
  capability: z.string(),
  key: z.string(),
  leases: z.number().int(),
  ...figures,
  methods: z.record(z.string(), z.object(figures)).default({}),
});
export type ProvisionView = z.output<typeof ProvisionView>;

/** One operation that is served; of one that streams the time to its first event counts. */
export const OperationView = z.object({ operation: z.string(), route: z.string(), ...figures });
export type OperationView = z.output<typeof OperationView>;

/** One plugin of the running composition. */
export const PluginNodeView = z.object({
  id: z.string(),
  version: z.string(),
  state: PluginStateName,
  /** Why it is not ready, in words for an operator. */
  reason: z.string().optional(),
  critical: z.boolean(),
  /** Counts the lives of this plugin from 1. */
  generation: z.number().int(),
  /** Start level: 0 needs nobody. */
  level: z.number().int(),
  startMs: z.number().optional(),
  requires: z.array(NeedView),
  provides: z.array(ProvisionView),
  /** Labels of what it registered, in order. */
  effects: z.array(z.string()),
  routes: z.array(z.string()),
  operations: z.array(OperationView).default([]),
  health: z.record(z.string(), z.enum(['ok', 'degraded', 'down', 'unknown'])),
  /** Earlier generations that still serve what began with them. */
  draining: z.array(z.object({ generation: z.number().int(), holds: z.number().int() })).default([]),
  breakers: z.array(BreakerView).default([]),
  quarantine: z.object({ reason: z.string(), atMs: z.number() }).optional(),
  /** Uses that its grants did not cover, since the start. */
  denied: z.number().int().default(0),
  isolation: z.enum(['inline', 'process']).default('inline'),
  process: z.object({ pid: z.number().int(), rssBytes: z.number(), restarts: z.number().int() }).optional(),
  /** Failures of its web side that pages reported since the start, and how many of those pages stopped it. */
  page: z.object({ errors: z.number().int(), stops: z.number().int(), lastError: LastError.optional() }).optional(),
  /** The latest of its operations, taps and implementations. */
  lastError: LastError.optional(),
});
export type PluginNodeView = z.output<typeof PluginNodeView>;

/** One tap of a hook. Units: times in milliseconds; of a `stream` tap `calls` counts parts. */
export const TapView = z.object({
  pluginId: z.string(),
  phase: z.enum(['early', 'normal', 'late']),
  /** Why it stands where it stands: `after rag because it says so`. */
  reason: z.string(),
  ...figures,
});
export type TapView = z.output<typeof TapView>;

/** One hook: who taps it, in the order of their turns. */
export const HookNodeView = z.object({ id: z.string(), kind: z.string(), taps: z.array(TapView) });
export type HookNodeView = z.output<typeof HookNodeView>;

/** Everything the kernel can tell of what runs now. */
export const KernelGraphView = z.object({
  /** Version of the kernel's API. */
  kernel: z.string(),
  plugins: z.array(PluginNodeView),
  hooks: z.array(HookNodeView),
  /** What does not run as it should, in words for an operator; a config file that can not be read is among them. */
  problems: z.array(z.string()),
});
export type KernelGraphView = z.output<typeof KernelGraphView>;

import type {
  AnyHook,
  CallContext,
  Capability,
  Contract,
  Handlers,
  HookRunner,
  LiveRef,
  Principal,
  SlotContribution,
} from '@parley/contracts';
import type * as z from 'zod';
import type { Applied, Composition, Plan, PluginState, PluginUse, ProcessNode } from './composition-api.ts';
import type { BreakerNode } from './breaker/failure-book.ts';
import type { FailurePolicy } from './breaker/failure-policy.ts';
import type { AnyPlugin, UiRemote } from './define-plugin.ts';
import type { Denial } from './permissions/denials.ts';
import type { Grants } from './permissions/grants.ts';
import type { NetworkAccess } from './permissions/guard.ts';
import type { Clock, HealthState, Logger } from './plugin-context.ts';
import type { CallFigures } from './timing/call-stats.ts';

/** Version of the API plugins are written for; their `kernel` range is matched against it. */
export const KERNEL_VERSION = '1.0.0';

/** Where settings came from, so that an error can name file and line. */
export interface ConfigSource {
  /** File and line of the value at `path` inside the plugin's settings, or of its nearest parent: `<file>:12`. */
  place(pluginId: string, path: readonly PropertyKey[]): string | undefined;
}

/** What the kernel needs from its host, with the first composition. */
export interface KernelOptions extends Composition {
  /** Plugins that are known and not used; named where one of them would provide what is missing. */
  readonly known?: readonly AnyPlugin[];
  readonly configSource?: ConfigSource;
  readonly log: (pluginId: string) => Logger;
  readonly clock?: Clock;
  readonly dataDir: string;
  /** Bytes for `ctx.key`. */
  readonly deriveKey: (pluginId: string, purpose: string) => Uint8Array;
  /** The egress client of one plugin, bound by what it declares and the operator grants. */
  readonly fetchFor: (pluginId: string, access: NetworkAccess) => typeof fetch;
  /** Whether a plugin that is not first-party may use all it declares when its use has no grants; without it, nothing. */
  readonly grantDeclared?: boolean;
  /** Limit of one plugin's `setup`, 10 s without one, and of one undo, 5 s without one. Units: milliseconds. */
  readonly startTimeoutMs?: number;
  /** When calls of a plugin that fails are no longer made. */
  readonly failurePolicy?: Partial<FailurePolicy>;
  /** Plugins that must not start until they are reset, each with the reason: those that ended the process before. */
  readonly quarantined?: Readonly<Record<string, string>>;
  /** Called before any code of a plugin runs for a new life; what it gives is called when its setup is over. */
  readonly onStart?: (pluginId: string, use: PluginUse) => () => void;
  /** Called before records of a plugin are prepared, which may take long; what it gives is called when they are. */
  readonly onPrepare?: (pluginId: string) => () => void;
  readonly stopTimeoutMs?: number;
  /** How long a replaced generation may serve what began with it, 15 minutes without one. Units: milliseconds. */
  readonly drainTimeoutMs?: number;
  /** How long a generation may do so that must stop before its successor starts, 5 s without one. Units: milliseconds. */
  readonly restartTimeoutMs?: number;
}

/** A contract as one generation of a plugin serves it. */
export interface MountedContract {
  readonly pluginId: string;
  readonly generation: number;
  readonly firstParty: boolean;
  readonly contract: Contract;
  readonly handlers: Handlers<Contract['operations']>;
  /** Aborts when its generation begins to drain: the moment to end endless streams. */
  readonly draining: AbortSignal;
  /** Keeps its generation alive until disposed; one for each request, from the look-up of its route to its last byte. */
  hold(): Disposable;
}

/** A contribution to the page with the plugin it comes from. */
export interface MountedContribution extends SlotContribution {
  readonly pluginId: string;
  readonly slot: string;
}

/** One implementation of a capability in the graph, with how its calls go; of a stream the time to its first item. */
export interface ProvisionNode extends CallFigures {
  readonly capability: string;
  readonly key: string;
  readonly leases: number;
  readonly methods: Readonly<Record<string, CallFigures>>;
}

/** One operation in the graph; of one that streams, the time to its first event. */
export interface OperationNode extends CallFigures {
  /** `notes.list`. */
  readonly operation: string;
  /** `GET /api/x/notes/notes`. */
  readonly route: string;
}

/** One plugin in the graph. */
export interface PluginNode {
  readonly id: string;
  readonly version: string;
  readonly state: PluginState;
  /** Why it is not ready, in words for an operator. */
  readonly reason?: string;
  readonly critical: boolean;
  readonly generation: number;
  /** Start level: 0 needs nobody. */
  readonly level: number;
  readonly startMs?: number;
  readonly requires: readonly {
    readonly capability: string;
    readonly need: 'required' | 'optional' | 'live';
    readonly providers: readonly string[];
  }[];
  readonly provides: readonly ProvisionNode[];
  /** Earlier generations that still serve what began with them. */
  readonly draining: readonly { readonly generation: number; readonly holds: number }[];
  /** Labels of what it registered, in order. */
  readonly effects: readonly string[];
  readonly routes: readonly string[];
  readonly operations: readonly OperationNode[];
  readonly breakers: readonly BreakerNode[];
  /** What it declares to use. */
  readonly permissions: Required<Grants>;
  /** How often it tried what it may not do. */
  readonly denied: number;
  /** The latest failure of its operations, taps and implementations. */
  readonly lastError?: NonNullable<CallFigures['lastError']>;
  /** Why it may not run until `kernel.reset`. Units: milliseconds since 1970. */
  readonly quarantine?: { readonly reason: string; readonly atMs: number };
  readonly health: Readonly<Record<string, HealthState | 'unknown'>>;
  readonly isolation: 'inline' | 'process';
  /** Absent while its process is down. */
  readonly process?: ProcessNode;
  readonly ui?: { readonly module: string; readonly builtIn: boolean; readonly remote?: UiRemote };
}

/**
 * One hook in the graph: who taps it, in order, with reasons.
 * Units: `totalMs` is a tap's own time in milliseconds; of a `stream` tap `calls` counts parts, and only its opening is
 * timed, since a clock for each part would cost more than the tap.
 */
export interface HookNode {
  readonly id: string;
  readonly kind: AnyHook['kind'];
  readonly taps: readonly (CallFigures & {
    readonly pluginId: string;
    readonly phase: 'early' | 'normal' | 'late';
    readonly reason: string;
  })[];
}

/** All the kernel can tell. */
export interface KernelGraph {
  readonly kernel: string;
  readonly plugins: readonly PluginNode[];
  readonly hooks: readonly HookNode[];
  /** Problems found when resolving and starting, in words for an operator. */
  readonly problems: readonly string[];
}

/** What resolves, starts, wires, observes and stops plugins. */
export interface Kernel {
  /** Resolves and starts everything. @throws KERNEL_INVALID with every problem at once, KERNEL_CRITICAL_FAILED. */
  start(): Promise<void>;
  /** Stops in reverse order; resolves with the labels of effects whose undo failed or took too long. */
  stop(): Promise<readonly string[]>;
  /** What runs, as it was given. */
  composition(): Composition;
  /** What `apply` would do. Nothing is touched and no plugin's code runs. */
  plan(target: Composition): Plan;
  /**
   * Makes `target` what runs. Only plugins that changed get a new generation, and those that use one of them directly. All
   * new generations start while the old ones serve, then everything switches at once, then the old ones drain. Calls
   * take turns.
   * @throws KERNEL_INVALID with every problem, KERNEL_APPLY_FAILED naming the plugin that did not start; then all is as before
   */
  apply(target: Composition): Promise<Applied>;
  /** Starts a plugin anew that failed or was quarantined. @throws KERNEL_UNKNOWN_PLUGIN, KERNEL_APPLY_FAILED */
  reset(pluginId: string): Promise<void>;
  /** Takes a plugin out of service until it is reset, for a reason that is shown. A critical one goes on. */
  quarantine(pluginId: string, reason: string): Promise<void>;
  /** Resolves when nothing drains any more. */
  drained(): Promise<void>;
  graph(): KernelGraph;
  /** The last 200 things plugins tried and may not do, the oldest first. */
  denials(): readonly Denial[];
  /** Contracts served now. */
  contracts(): readonly MountedContract[];
  /** Contributions to the page of plugins that are ready. */
  contributions(): readonly MountedContribution[];
  /** Settings marked visible to browsers, by plugin id. */
  clientConfig(): Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Permissions that plugins declare. */
  permissions(): readonly string[];
  hook<H extends AnyHook>(hook: H): HookRunner<H>;
  /** A capability as the host itself uses it; what it leases is not replaced before the lease ends. */
  live<I, D extends z.ZodType>(capability: Capability<I, D>): LiveRef<I, z.output<D>>;
  call(principal?: Principal, signal?: AbortSignal): CallContext;
  /** Asks every health probe; each has `timeoutMs`. */
  probe(timeoutMs: number): Promise<void>;
  /** Calls back after each change of contracts, contributions, taps or states; returns its undo. */
  onChange(listener: () => void): () => void;
}

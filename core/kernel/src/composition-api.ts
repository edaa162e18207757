import type { AnyPlugin } from './define-plugin.ts';
import type { Grants } from './permissions/grants.ts';

/** Where a plugin stands. */
export type PluginState =
  | 'discovered'
  | 'invalid'
  | 'resolved'
  | 'waiting'
  | 'starting'
  | 'ready'
  | 'degraded'
  | 'draining'
  | 'stopped'
  | 'failed'
  | 'quarantined';

/** The process of a plugin that has one of its own. */
export interface ProcessNode {
  readonly pid: number;
  /** Resident memory. */
  readonly rssBytes: number;
  /** How often it was started again after it had ended by itself. */
  readonly restarts: number;
}

/** One plugin of a composition. */
export interface PluginUse {
  readonly plugin: AnyPlugin;
  /** Its id here, when not the plugin's own: one plugin may be used several times. */
  readonly id?: string;
  /** Settings as read, before the plugin's schema parses them. */
  readonly config?: unknown;
  /** May serve absolute `/api/...` paths. */
  readonly firstParty?: boolean;
  /** What the operator allows of what it declares. Without them: all of it, when the plugin is first-party or the host says so. */
  readonly grants?: Grants;
  /** Limit of its `setup`; that of the kernel without one. Units: milliseconds. */
  readonly startTimeoutMs?: number;
  /** Where its server side runs; inline without it. Who makes the composition sees to it, the kernel only tells it. */
  readonly isolation?: 'inline' | 'process';
  /** File URL of its server door, for a process of its own. */
  readonly door?: string;
  /** Where it runs now, when that is a process of its own. */
  process?(): ProcessNode | undefined;
}

/** What a kernel runs, whole: enabling, disabling, configuring, updating and rolling back are other compositions. */
export interface Composition {
  readonly plugins: readonly PluginUse[];
  /** Which plugin provides a `one` capability when several could, by capability id. */
  readonly bindings?: Readonly<Record<string, string>>;
  /**
   * The operator's order of taps, by hook id: plugin ids, with `*` for all that are not named. Without `*` the others come
   * last. It stands above what the taps themselves ask for.
   */
  readonly order?: Readonly<Record<string, readonly string[]>>;
}

/** What comes and what goes, by name. */
export interface Difference {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** What happens to one plugin. */
export interface PluginChange {
  readonly pluginId: string;
  /** `replace`: the new generation starts while the old one serves. `restart`: the old one stops first. */
  readonly action: 'start' | 'stop' | 'replace' | 'restart';
  /** In words for an operator: `settings changed: maxNotes`, `its storage-driver is replaced`. */
  readonly reason: string;
  readonly fromVersion?: string;
  readonly toVersion?: string;
  /** Dotted paths of settings that change; never their values. */
  readonly settings: readonly string[];
  /** Permissions the plugin declares and hosts it may call. */
  readonly permissions: Difference;
  /** Entities whose records are rewritten. */
  readonly migrations: readonly { readonly entity: string; readonly from: number; readonly to: number }[];
  /** Shape: in a plan only what the present generation serves is known; `apply` tells both sides. */
  readonly routes: Difference;
  /** Contributions to the page: `<slot>/<id>`. */
  readonly slots: Difference;
  /** Requests, streams and runs that stay with the present generation until they end. */
  readonly leases: number;
}

/** What `apply` would do. */
export interface Plan {
  /** Hash of what the plan says but its `leases`. */
  readonly id: string;
  /** In the order of the target, then what stops. */
  readonly changes: readonly PluginChange[];
  /** Plugins in the order they start. */
  readonly startOrder: readonly string[];
  /** Hooks whose taps will stand in another order, as far as it is known before the new generations run. */
  readonly hookOrders: readonly {
    readonly hook: string;
    readonly before: readonly string[];
    readonly after: readonly string[];
  }[];
  /** What keeps it from being applied. */
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

/** What `apply` did. */
export interface Applied {
  readonly changes: readonly PluginChange[];
  /** Where each plugin that changed stands now. */
  readonly plugins: readonly {
    readonly id: string;
    readonly state: PluginState;
    readonly reason?: string;
    readonly generation: number;
  }[];
  readonly warnings: readonly string[];
  /** Until the switch; draining goes on. Units: milliseconds. */
  readonly tookMs: number;
}

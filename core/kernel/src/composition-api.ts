import type { PluginState, PluginUse } from './kernel-api.ts';

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

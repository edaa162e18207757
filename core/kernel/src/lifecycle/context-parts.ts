import type { FailureBooks } from '../breaker/failure-books.ts';
import type { Provision } from '../capabilities/capability-registry.ts';
import type { LeaseBook } from '../capabilities/lease-book.ts';
import type { Scope } from '../container/scope.ts';
import type { HookRegistry } from '../hooks/hook-registry.ts';
import type { Guard } from '../permissions/guard.ts';
import type { Generation } from './generation.ts';
import type { PluginRecord } from './plugin-record.ts';
import type { SharedValues } from './shared-values.ts';

/** What the members of a plugin's context act on. */
export interface ContextParts {
  readonly record: PluginRecord;
  readonly generation: Generation;
  /** The plugin's scope. */
  readonly scope: Scope;
  /** The taps that everybody sees. */
  readonly hooks: HookRegistry;
  readonly leases: LeaseBook;
  /** An implementation as this plugin uses it. */
  readonly viewOf: (provision: Provision) => unknown;
  /** What the plugin may use. */
  readonly guard: Guard;
  readonly failures: FailureBooks<Generation>;
  readonly deriveKey: (pluginId: string, purpose: string) => Uint8Array;
  /** Permissions that plugins of the composition declare. */
  readonly permissions: readonly string[];
  /** Generations that serve now. */
  readonly serving: () => readonly Generation[];
  readonly shared: SharedValues;
}

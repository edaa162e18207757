import type { Contract } from '@parley/contracts';
import type { FailureBooks } from '../breaker/failure-books.ts';
import type { CapabilityRegistry } from '../capabilities/capability-registry.ts';
import type { LeaseBook } from '../capabilities/lease-book.ts';
import type { Scope } from '../container/scope.ts';
import type { HookRegistry } from '../hooks/hook-registry.ts';
import type { Generation } from './generation.ts';
import type { PluginRecord } from './plugin-record.ts';

/** What the members of a plugin's context act on. */
export interface ContextParts {
  readonly record: PluginRecord;
  readonly generation: Generation;
  /** The plugin's scope. */
  readonly scope: Scope;
  readonly hooks: HookRegistry;
  readonly capabilities: CapabilityRegistry;
  readonly leases: LeaseBook;
  readonly failures: FailureBooks<Generation>;
  readonly deriveKey: (pluginId: string, purpose: string) => Uint8Array;
  /** Permissions that plugins of the composition declare. */
  readonly permissions: readonly string[];
  /** Makes sure that nobody serves the same routes. @throws KERNEL_ROUTE_REFUSED */
  readonly claimRoutes: (contract: Contract) => void;
}

import { createPrincipal, storageDriver } from '@parley/contracts';
import type { AnyCapability, Contract, StorageDriver } from '@parley/contracts';
import type { FailureBooks } from '../breaker/failure-books.ts';
import type { CapabilityRegistry } from '../capabilities/capability-registry.ts';
import { createLeaseBook } from '../capabilities/lease-book.ts';
import { setCallDefaults } from '../container/call-scope.ts';
import type { Scope } from '../container/scope.ts';
import { pluginTokens, rootTokens } from '../container/tokens.ts';
import type { HookRegistry } from '../hooks/hook-registry.ts';
import type { KernelOptions, PluginState } from '../kernel-api.ts';
import { kernelErrors, reasonOf } from '../kernel-errors.ts';
import { requiredCapabilities } from '../manifest/manifest.ts';
import { toCollection } from '../store/collection.ts';
import { createPluginStores } from '../store/plugin-stores.ts';
import { isPromiseLike, withTimeLimit } from '../time-limit.ts';
import { allowedHosts } from './allowed-hosts.ts';
import type { ContextParts } from './context-parts.ts';
import { createContext } from './create-context.ts';
import { createDependencies } from './create-dependencies.ts';
import { Generation } from './generation.ts';
import type { PluginRecord } from './plugin-record.ts';

/** What starting and stopping plugins needs of the kernel. */
export interface Lifecycle {
  readonly options: KernelOptions;
  readonly root: Scope;
  readonly hooks: HookRegistry;
  readonly capabilities: CapabilityRegistry;
  readonly failures: FailureBooks<Generation>;
  /** Permissions that plugins of the composition declare. */
  readonly permissions: readonly string[];
  readonly startTimeoutMs: number;
  readonly stopTimeoutMs: number;
  readonly claimRoutes: (pluginId: string, contract: Contract) => void;
  /** Told after each change of a plugin's state. */
  readonly changed: () => void;
}

/** Moves a plugin to a state and tells it. */
export function enterState(lifecycle: Lifecycle, record: PluginRecord, state: PluginState, reason?: string): void {
  record.state = state;
  record.reason = reason;
  lifecycle.changed();
}

const driverOf = ({ capabilities }: Lifecycle): StorageDriver | undefined =>
  capabilities.select(storageDriver)[0]?.implementation as StorageDriver | undefined;

function createPluginScope(lifecycle: Lifecycle, record: PluginRecord, generation: Generation): Scope {
  const { options, root } = lifecycle;
  const { id, permissions } = record.manifest;
  const entities = record.use.plugin.entities ?? [];
  const system = createPrincipal({ kind: 'system', id });
  const stores = createPluginStores({
    pluginId: id,
    entities,
    driver: entities.length === 0 ? undefined : driverOf(lifecycle),
    clock: root.get(rootTokens.clock),
    assertUsable: (member) => generation.assertUsable(member),
  });
  const scope = root
    .child()
    .set(pluginTokens.settings, record.settings)
    .set(pluginTokens.log, options.log(id))
    .set(pluginTokens.system, system)
    .set(pluginTokens.stores, stores)
    .make(pluginTokens.fetch, () => options.fetchFor(id, allowedHosts(permissions.network, record.settings)));
  return setCallDefaults(scope, system, generation.signal);
}

/** Creates and migrates what the entities need. Without a limit: to kill a long migration is worse than to wait. */
async function prepareCollections(lifecycle: Lifecycle, { manifest, use }: PluginRecord): Promise<void> {
  const entities = use.plugin.entities ?? [];
  if (entities.length > 0) {
    await driverOf(lifecycle)?.prepare(entities.map((entity) => toCollection(manifest.id, entity)));
  }
}

async function runSetup({ startTimeoutMs: timeoutMs }: Lifecycle, parts: ContextParts): Promise<void> {
  const { use, manifest } = parts.record;
  const plugin = use.plugin as { setup(ctx: unknown, deps: unknown): unknown };
  const done = plugin.setup(createContext(parts), createDependencies(parts));
  if (!isPromiseLike(done)) return;
  await withTimeLimit(done, timeoutMs, () => kernelErrors.START_TIMEOUT({ plugin: manifest.id, timeoutMs }));
}

/** The first capability that a plugin needs to start and nothing provides now. */
export const findLack = ({ capabilities }: Lifecycle, record: PluginRecord): AnyCapability | undefined =>
  requiredCapabilities(record.use.plugin).find((capability) => capabilities.select(capability).length === 0);

/**
 * Starts one plugin: prepares its records, runs its setup, then makes what it registered visible. A plugin that fails
 * is undone and left `failed`; this never rejects.
 */
export async function startPlugin(lifecycle: Lifecycle, record: PluginRecord): Promise<void> {
  const { id } = record.manifest;
  const startedMs = performance.now();
  record.generationNumber += 1;
  const generation = new Generation(id, record.generationNumber, lifecycle.changed);
  const leases = createLeaseBook();
  generation.own(() => leases.releaseAll());
  enterState(lifecycle, record, 'starting');
  try {
    await prepareCollections(lifecycle, record);
    const scope = createPluginScope(lifecycle, record, generation);
    const { hooks, capabilities, failures, permissions, options } = lifecycle;
    const claimRoutes = (contract: Contract) => lifecycle.claimRoutes(id, contract);
    const shared = { hooks, capabilities, failures, permissions, claimRoutes, deriveKey: options.deriveKey };
    await runSetup(lifecycle, { record, generation, scope, leases, ...shared });
    generation.publish();
    record.generation = generation;
    record.startMs = Math.round(performance.now() - startedMs);
    enterState(lifecycle, record, 'ready');
  } catch (error) {
    const leftovers = await generation.dispose(lifecycle.stopTimeoutMs);
    const reason = [reasonOf(error), ...leftovers.map((leftover) => `not undone: ${leftover}`)].join('; ');
    lifecycle.options.log(id).error('The plugin did not start', { reason, error });
    enterState(lifecycle, record, 'failed', reason);
  }
}

/** Stops one plugin. Shape: what could not be undone, by plugin and label. */
export async function stopPlugin(lifecycle: Lifecycle, record: PluginRecord): Promise<readonly string[]> {
  const { generation } = record;
  if (generation === undefined) return [];
  enterState(lifecycle, record, 'draining');
  const leftovers = await generation.dispose(lifecycle.stopTimeoutMs);
  record.generation = undefined;
  enterState(lifecycle, record, 'stopped');
  return leftovers;
}

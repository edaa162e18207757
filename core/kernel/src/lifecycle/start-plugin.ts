import { createPrincipal, storageDriver } from '@parley/contracts';
import type { AnyCapability, StorageDriver } from '@parley/contracts';
import type { FailureBooks } from '../breaker/failure-books.ts';
import { createOwnNames } from '../capabilities/own-names.ts';
import { createLeaseBook } from '../capabilities/lease-book.ts';
import { setCallDefaults } from '../container/call-scope.ts';
import type { Scope } from '../container/scope.ts';
import { pluginTokens, rootTokens } from '../container/tokens.ts';
import type { PluginState } from '../composition-api.ts';
import type { KernelOptions } from '../kernel-api.ts';
import { kernelErrors, reasonOf } from '../kernel-errors.ts';
import { requiredCapabilities, splitNeed } from '../manifest/manifest.ts';
import type { Denials } from '../permissions/denials.ts';
import { createGuard, effectiveGrants } from '../permissions/guard.ts';
import type { Guard } from '../permissions/guard.ts';
import { rememberCollections } from '../store/collection-catalog.ts';
import { collectionName, toCollection } from '../store/collection.ts';
import { createPluginStores } from '../store/plugin-stores.ts';
import { searchOf } from '../store/search-document.ts';
import { isPromiseLike, withReminder, withTimeLimit } from '../time-limit.ts';
import type { ContextParts } from './context-parts.ts';
import { createContext } from './create-context.ts';
import { createDependencies } from './create-dependencies.ts';
import type { Composed } from './compose.ts';
import { Generation } from './generation.ts';
import { forgetLife, isServing } from './plugin-record.ts';
import type { PluginRecord } from './plugin-record.ts';
import type { Registry } from './registry.ts';
import type { SearchParts } from './search-parts.ts';
import type { SharedValues } from './shared-values.ts';

const REMIND_MS = 10_000;

/** What starting and stopping plugins needs of the kernel. */
export interface Lifecycle {
  readonly options: KernelOptions;
  readonly root: Scope;
  /** What everybody sees. */
  readonly registry: Registry;
  readonly shared: SharedValues;
  readonly failures: FailureBooks<Generation>;
  readonly denials: Denials;
  readonly search: SearchParts;
  readonly startTimeoutMs: number;
  readonly stopTimeoutMs: number;
  readonly drainTimeoutMs: number;
  readonly restartTimeoutMs: number;
  /** What runs. */
  current: Composed;
  /** Lives that are over for all but those who began with them, each with what will be left of it. */
  readonly draining: Map<PluginRecord, Promise<readonly string[]>>;
  /** Lives so far, by plugin id. */
  readonly lives: Map<string, number>;
  /** Told after each change of a plugin's state. */
  readonly changed: () => void;
}

/** Where a plugin starts. */
export interface Stage {
  /** What it meets, and where it shows what it registers: a draft, or what everybody sees. */
  readonly registry: Registry;
  /** The composition it is started for. */
  readonly composed: Composed;
}

/** Moves a plugin to a state and tells it. */
export function enterState(lifecycle: Lifecycle, record: PluginRecord, state: PluginState, reason?: string): void {
  record.state = state;
  record.reason = reason;
  lifecycle.changed();
}

const driverOf = ({ registry }: Generation): StorageDriver | undefined =>
  registry.capabilities.select(storageDriver)[0]?.implementation as StorageDriver | undefined;

function createPluginScope(lifecycle: Lifecycle, record: PluginRecord, generation: Generation, guard: Guard): Scope {
  const { options, root } = lifecycle;
  const { id } = record.manifest;
  const entities = record.use.plugin.entities ?? [];
  const system = createPrincipal({ kind: 'system', id });
  const stores = createPluginStores({
    pluginId: id,
    entities,
    driver: entities.length === 0 ? undefined : driverOf(generation),
    clock: root.get(rootTokens.clock),
    outbox: lifecycle.search.outbox,
    guard,
    assertUsable: (member) => generation.assertUsable(member),
  });
  const scope = root
    .child()
    .set(pluginTokens.settings, guard.settings(record.settings))
    .set(pluginTokens.log, options.log(id))
    .set(pluginTokens.system, system)
    .set(pluginTokens.stores, stores)
    .make(pluginTokens.fetch, () => options.fetchFor(id, guard.network(record.settings)));
  return setCallDefaults(scope, system, generation.signal);
}

/**
 * Creates and migrates what the entities need. Without a limit, since to kill a long migration is worse than to wait, but
 * not in silence.
 */
async function prepareCollections(
  { options, root, search }: Lifecycle,
  { use, manifest }: PluginRecord,
  generation: Generation,
): Promise<void> {
  const log = options.log(generation.pluginId);
  const entities = use.plugin.entities ?? [];
  const driver = driverOf(generation);
  if (entities.length === 0 || driver === undefined) return;
  const prepare = async () => {
    await driver.prepare(entities.map((entity) => toCollection(manifest.id, entity)));
    await rememberCollections(driver, { pluginId: manifest.id, entities, clock: root.get(rootTokens.clock) });
  };
  const names = entities.map(({ name }) => name);
  const searched = entities.filter((entity) => searchOf(entity) !== undefined);
  await withReminder(prepare(), REMIND_MS, (elapsedMs) =>
    log.warn('The records of the plugin are still being prepared; the start waits', { entities: names, elapsedMs }),
  );
  if (searched.length === 0) return;
  await search.outbox.prepare(
    driver,
    searched.map((entity) => collectionName(manifest.id, entity)),
  );
}

async function runSetup({ startTimeoutMs }: Lifecycle, parts: ContextParts): Promise<void> {
  const { use, manifest } = parts.record;
  const timeoutMs = use.startTimeoutMs ?? startTimeoutMs;
  const plugin = use.plugin as { setup(ctx: unknown, deps: unknown): unknown };
  const done = plugin.setup(createContext(parts), createDependencies(parts));
  if (!isPromiseLike(done)) return;
  await withTimeLimit(done, timeoutMs, () => kernelErrors.START_TIMEOUT({ plugin: manifest.id, timeoutMs }));
}

/** The first capability that a plugin needs to start and nothing in `registry` provides. */
export const findLack = ({ capabilities }: Registry, record: PluginRecord): AnyCapability | undefined =>
  requiredCapabilities(record.use.plugin).find((capability) => capabilities.select(capability).length === 0);

/** Keeps alive what the plugin is given for good: a replaced provider ends after those who were started with it. */
function holdProviders({ use }: PluginRecord, generation: Generation): void {
  const needs = Object.values(use.plugin.requires ?? {}).map(splitNeed);
  const given = needs.filter(({ need }) => need === 'optional').map(({ capability }) => capability);
  for (const capability of [...requiredCapabilities(use.plugin), ...given]) {
    for (const { owner } of generation.registry.capabilities.select(capability)) {
      owner.dependents.add();
      generation.own(() => owner.dependents.remove());
    }
  }
}

async function setUp(
  lifecycle: Lifecycle,
  record: PluginRecord,
  generation: Generation,
  { permissions }: Composed,
): Promise<void> {
  const { options, registry, shared, failures, denials } = lifecycle;
  const leases = createLeaseBook();
  generation.own(() => leases.releaseAll());
  await shared.settled(generation.pluginId);
  holdProviders(record, generation);
  const guard = createGuard(record.manifest, effectiveGrants(record.use, options.grantDeclared ?? false), denials);
  if (guard.hasStorage) {
    const prepared = options.onPrepare?.(generation.pluginId);
    await prepareCollections(lifecycle, record, generation).finally(prepared);
  }
  const scope = createPluginScope(lifecycle, record, generation, guard);
  const serving = () => lifecycle.current.records.flatMap((each) => (isServing(each) ? (each.generation ?? []) : []));
  const { hooks } = registry;
  const { deriveKey } = options;
  const viewOf = createOwnNames(generation.pluginId);
  const common = { leases, viewOf, guard, failures, permissions, serving, shared, deriveKey };
  await runSetup(lifecycle, { record, generation, scope, hooks, ...common });
}

/**
 * Starts one life: prepares its records, runs its setup, and shows on its stage what it registered.
 * @throws what kept it from starting, with all of it undone
 */
export async function launch(lifecycle: Lifecycle, record: PluginRecord, stage: Stage): Promise<void> {
  const { id } = record.manifest;
  const { registry, composed } = stage;
  const startedMs = performance.now();
  record.generationNumber = (lifecycle.lives.get(id) ?? 0) + 1;
  lifecycle.lives.set(id, record.generationNumber);
  const generation = new Generation(id, record.generationNumber, registry, lifecycle.changed);
  enterState(lifecycle, record, 'starting');
  const ended = lifecycle.options.onStart?.(id, record.use);
  try {
    await setUp(lifecycle, record, generation, composed);
    generation.publish(registry);
    if (registry === lifecycle.registry) generation.serve(registry);
    record.generation = generation;
    record.startMs = Math.round(performance.now() - startedMs);
  } catch (error) {
    generation.withdraw(registry);
    const leftovers = await generation.dispose(lifecycle.stopTimeoutMs);
    forgetLife(record);
    const reason = [reasonOf(error), ...leftovers.map((leftover) => `not undone: ${leftover}`)].join('; ');
    lifecycle.options.log(id).error('The plugin did not start', { reason, error });
    enterState(lifecycle, record, 'failed', reason);
    throw error;
  } finally {
    ended?.();
  }
}

/** Starts one plugin where everybody sees it. One that fails is left `failed`; this never rejects. */
export async function startPlugin(lifecycle: Lifecycle, record: PluginRecord): Promise<void> {
  try {
    await launch(lifecycle, record, { registry: lifecycle.registry, composed: lifecycle.current });
  } catch {
    return;
  }
  enterState(lifecycle, record, 'ready');
}

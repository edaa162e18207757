import type { Difference, Plan, PluginChange } from '../composition-api.ts';
import type { HookRegistry } from '../hooks/hook-registry.ts';
import { createTap } from '../hooks/registered-tap.ts';
import { reasonOf } from '../kernel-errors.ts';
import { changedSettings, findChanges, migrationsOf } from './changes.ts';
import type { Change, Comparison } from './changes.ts';
import { routesOf } from './check-routes.ts';
import type { Composed } from './compose.ts';
import { byLevel, isServing } from './plugin-record.ts';
import type { PluginRecord } from './plugin-record.ts';
import { forkRegistry } from './registry.ts';
import type { Registry } from './registry.ts';

const differenceOf = (before: readonly string[], after: readonly string[]): Difference => ({
  added: after.filter((each) => !before.includes(each)),
  removed: before.filter((each) => !after.includes(each)),
});

/** What a plugin may do: permissions it declares, hosts it may call. */
const permissionsOf = (record: PluginRecord | undefined): readonly string[] => {
  const { declares = [], network = [] } = record?.manifest.permissions ?? {};
  return [...declares, ...network];
};

const slotsOf = (record: PluginRecord | undefined): readonly string[] =>
  Object.entries(record?.manifest.ui?.slots ?? {}).flatMap(([slot, all]) => all.map(({ id }) => `${slot}/${id}`));

const servedRoutes = (record: PluginRecord | undefined): readonly string[] =>
  [...(record?.served ?? [])].flatMap(({ contract }) => routesOf(contract));

/** A change as an operator reads it. Routes are known once the new generation is up; before, only those that go for good. */
export function describeChange({ id, action, reason, before, after }: Change): PluginChange {
  const isUp = after !== undefined && after.generation !== undefined;
  return {
    pluginId: id,
    action,
    reason,
    ...(before === undefined ? {} : { fromVersion: before.manifest.version }),
    ...(after === undefined ? {} : { toVersion: after.manifest.version }),
    settings: changedSettings(before, after),
    permissions: differenceOf(permissionsOf(before), permissionsOf(after)),
    migrations: migrationsOf(before, after),
    routes:
      isUp || after === undefined
        ? differenceOf(servedRoutes(before), servedRoutes(after))
        : { added: [], removed: [] },
    slots: differenceOf(slotsOf(before), slotsOf(after)),
    leases: before?.generation?.uses.count ?? 0,
  };
}

const tapOrders = (hooks: HookRegistry): ReadonlyMap<string, readonly string[]> =>
  new Map(hooks.nodes().map(({ id, taps }) => [id, taps.map(({ pluginId }) => pluginId)]));

/**
 * The order of taps as it is and as it will be. A plugin that is replaced is taken to tap as before, one that is new to
 * tap once what it declares.
 */
function hookOrders(registry: Registry, next: Composed, changes: readonly Change[]): Plan['hookOrders'] {
  const { hooks } = registry;
  const draft = forkRegistry(registry, next).hooks;
  const gone = new Set(changes.filter(({ action }) => action === 'stop').map(({ id }) => id));
  for (const { hook, taps } of hooks.state().points.values()) {
    for (const tap of taps) if (gone.has(tap.pluginId)) draft.untap(hook, tap);
  }
  for (const { action, after } of changes) {
    if (action !== 'start' || after === undefined) continue;
    const { id, plugin } = after.manifest;
    const owner = { pluginId: id, names: [id, plugin], position: after.position };
    for (const hook of after.use.plugin.hooks ?? [])
      draft.tap(
        hook,
        createTap(owner, () => undefined),
      );
  }
  const before = tapOrders(hooks);
  return [...tapOrders(draft)].flatMap(([hook, after]) => {
    const now = before.get(hook) ?? [];
    return now.join() === after.join() ? [] : [{ hook, before: now, after }];
  });
}

/** Plugins that will not come up, since nobody who is up or starts provides what they need. */
function waitWarnings({ current, next }: Comparison, changes: readonly Change[]): readonly string[] {
  const starting = new Set(changes.flatMap(({ id, after }) => (after === undefined ? [] : id)));
  const states = new Map(current.records.map((record) => [record.manifest.id, record]));
  const isThere = (id: string) => {
    const record = states.get(id);
    return starting.has(id) || (record !== undefined && isServing(record));
  };
  return [...starting].flatMap((id) =>
    (next.resolution.needs.get(id) ?? [])
      // Without any, the kernel itself provides it.
      .filter(({ need, providers }) => need === 'required' && providers.length > 0 && !providers.some(isThere))
      .map(({ capability, providers }) => {
        const reasons = providers.map((provider) => `${provider} is ${states.get(provider)?.state ?? 'unknown'}`);
        return `${id} will wait for ${capability}: ${reasons.join(', ')}`;
      }),
  );
}

const warningsOf = (comparison: Comparison, changes: readonly Change[]): readonly string[] => [
  ...comparison.next.resolution.warnings,
  ...changes
    .filter(({ action }) => action === 'restart')
    .map(({ id }) => `${id} stops before it starts again; requests to it in between find nobody`),
  ...waitWarnings(comparison, changes),
];

/** A short hash of a text: FNV-1a, 64 bits. It tells plans apart; it protects nothing. */
function hashOf(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let index = 0; index < text.length; index += 1) {
    hash = ((hash ^ BigInt(text.charCodeAt(index))) * 0x100000001b3n) & 0xffffffffffffffffn;
  }
  return hash.toString(16).padStart(16, '0');
}

const startOrder = (changes: readonly Change[]): readonly string[] =>
  byLevel(changes.flatMap(({ after }) => after ?? []))
    .flat()
    .map(({ manifest }) => manifest.id);

/** What applying `next` would do; a pure function of what runs and what shall run. */
export function makePlan(comparison: Comparison, registry: Registry): Plan {
  const { next } = comparison;
  const problems = next.problems.map(({ text }) => text);
  const changes = problems.length > 0 ? [] : findChanges(comparison);
  let orders: Plan['hookOrders'] = [];
  try {
    orders = hookOrders(registry, next, changes);
  } catch (error) {
    problems.push(reasonOf(error));
  }
  const plan = {
    changes: changes.map(describeChange),
    startOrder: startOrder(changes),
    hookOrders: orders,
    problems,
    warnings: warningsOf(comparison, changes),
  };
  const said = { ...plan, changes: plan.changes.map((change) => ({ ...change, leases: 0 })) };
  return { id: hashOf(JSON.stringify(said)), ...plan };
}

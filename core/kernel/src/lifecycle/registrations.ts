import type { AnyCapability, AnyHook, Contract, TapOrder } from '@parley/contracts';
import type { Provision } from '../capabilities/capability-registry.ts';
import { createTap } from '../hooks/registered-tap.ts';
import type { TapFunction } from '../hooks/registered-tap.ts';
import { kernelErrors } from '../kernel-errors.ts';
import { checkRoutes } from './check-routes.ts';
import type { ContextParts } from './context-parts.ts';
import type { HealthProbe, ObservedContract, ServedContract } from './plugin-record.ts';
import type { CallStats } from '../timing/call-stats.ts';
import { Meter } from '../timing/meter.ts';
import { observeFunction } from '../timing/observe-function.ts';
import type { AnyFunction } from '../timing/observe-function.ts';
import { observeImplementation } from '../timing/observe-implementation.ts';

/** `model-provider` as its definition is usually called: `modelProvider`. */
export const valueName = (id: string): string => id.replace(/[-.](\w)/g, (_, letter: string) => letter.toUpperCase());

function parseDescriptor(pluginId: string, capability: AnyCapability, descriptor: unknown): unknown {
  const parsed = capability.descriptor.safeParse(descriptor);
  if (parsed.success) return parsed.data;
  const reason = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
  throw kernelErrors.DESCRIPTOR_INVALID({ plugin: pluginId, capability: capability.id, reason });
}

/** Makes an implementation available. */
export function provide(
  { record, generation, guard, failures }: ContextParts,
  offer: Pick<Provision, 'capability' | 'implementation' | 'descriptor'> & { readonly key: string | undefined },
): void {
  const { capability, implementation } = offer;
  const pluginId = record.manifest.id;
  generation.assertOpen(`ctx.provide(${capability.id})`);
  guard.capability(capability.id, {
    what: `ctx.provide(${capability.id})`,
    line: `provides: [${valueName(capability.id)}]`,
    isDeclared: record.manifest.provides.some((each) => each.capability === capability.id),
  });
  const key = offer.key ?? pluginId;
  const place = capability.arity === 'one' ? {} : { key };
  const breaker = failures.of(generation).breaker({ pluginId, capability: capability.id, ...place });
  const provision: Provision = {
    capability,
    ...observeImplementation({ capability, implementation, pluginId, breaker }),
    key,
    pluginId,
    owner: generation,
    descriptor: parseDescriptor(pluginId, capability, offer.descriptor),
    leases: 0,
  };
  generation.register(`provide ${capability.id} (${provision.key})`, {
    add: ({ capabilities }) => {
      capabilities.provide(provision);
      record.provided.add(provision);
    },
    remove: ({ capabilities }) => capabilities.withdraw(provision),
  });
}

/** Taps a hook. */
export function tapHook(parts: ContextParts, hook: AnyHook, run: TapFunction, order?: TapOrder): void {
  const { record, generation } = parts;
  const { id, plugin } = record.manifest;
  generation.assertOpen(`ctx.on(${hook.id})`);
  parts.guard.hook(hook.id, valueName(hook.id));
  const owner = { pluginId: id, names: [...new Set([id, plugin])], position: record.position, uses: generation.uses };
  const meter = new Meter(parts.failures.of(generation).breaker({ pluginId: id, hook: hook.id }));
  const tap = createTap(owner, run, order, meter);
  generation.register(`tap ${hook.id}`, {
    add: ({ hooks }) => void hooks.tap(hook, tap),
    remove: ({ hooks }) => hooks.untap(hook, tap),
  });
}

/** The same contract with each operation counted and timed; a stream until its first event. */
function observeContract({ contract, handlers }: ServedContract): ObservedContract {
  const stats: Record<string, CallStats> = {};
  const observed = Object.entries(handlers).map(([name, handler]) => {
    const meter = new Meter();
    stats[name] = meter.stats;
    return [name, observeFunction(handler as AnyFunction, { meter, self: undefined })];
  });
  return { contract, stats, handlers: Object.fromEntries(observed) as ServedContract['handlers'] };
}

/** Serves a contract. */
export function serveRoutes(parts: ContextParts, served: ServedContract): void {
  const { record, generation, permissions } = parts;
  generation.assertOpen(`ctx.routes(${served.contract.id})`);
  const { id: pluginId, plugin: ownId } = record.manifest;
  checkRoutes({ ...served, pluginId, ownId, firstParty: record.use.firstParty ?? false, permissions });
  const { contract }: { readonly contract: Contract } = served;
  const observed = observeContract(served);
  generation.register(`routes ${contract.id}@${contract.version}`, {
    add: ({ routes }) => {
      routes.claim(pluginId, contract);
      record.served.add(observed);
    },
    remove: ({ routes }) => routes.release(pluginId, contract),
  });
}

/** Adds a health probe. */
export function addProbe({ record, generation }: ContextParts, name: string, ask: HealthProbe['ask']): void {
  generation.assertOpen(`ctx.health(${name})`);
  record.probes.add({ name, ask, last: 'unknown' });
  generation.effects.add(`health ${name}`, () => {});
}

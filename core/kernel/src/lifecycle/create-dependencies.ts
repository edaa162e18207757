import type { AnyCapability, LiveRef } from '@parley/contracts';
import { createLiveRef } from '../capabilities/live-ref.ts';
import { pluginTokens } from '../container/tokens.ts';
import { splitNeed } from '../manifest/manifest.ts';
import type { ContextParts } from './context-parts.ts';

function resolveNow({ generation, viewOf }: ContextParts, capability: AnyCapability): unknown {
  const provisions = generation.registry.capabilities.select(capability);
  if (capability.arity === 'one') return provisions[0] && viewOf(provisions[0]);
  if (capability.arity === 'many') return provisions.map(viewOf);
  return new Map(provisions.map((each) => [each.key, viewOf(each)]));
}

function createLive(parts: ContextParts, capability: AnyCapability): LiveRef<unknown> {
  const { generation, leases, scope, viewOf } = parts;
  return createLiveRef({
    capability,
    provisions: () => {
      generation.assertUsable(`its live ${capability.id}`);
      return generation.registry.capabilities.select(capability);
    },
    book: leases,
    viewOf,
    onChange: (listener) => {
      generation.assertOpen(`onChange of ${capability.id}`);
      const undo = generation.registry.capabilities.onChange(capability, () => {
        try {
          listener();
        } catch (error) {
          scope.get(pluginTokens.log).error(`A listener of ${capability.id} failed`, { error });
        }
      });
      generation.effects.add(`watch ${capability.id}`, undo);
      return undo;
    },
  });
}

/** What `setup` receives for the plugin's `requires`. */
export function createDependencies(parts: ContextParts): Readonly<Record<string, unknown>> {
  const entries = Object.entries(parts.record.use.plugin.requires ?? {}).map(([name, entry]) => {
    const { capability, need } = splitNeed(entry);
    const { id } = capability;
    // A plugin that can live without a capability does so too when it is not granted.
    if (need === 'optional' && !parts.guard.hasCapability(id)) return [name, undefined];
    parts.guard.capability(id, { what: `the capability ${id}`, line: '', isDeclared: true });
    if (need === 'live') return [name, createLive(parts, capability)];
    const isMissing = need === 'optional' && parts.generation.registry.capabilities.select(capability).length === 0;
    return [name, isMissing ? undefined : resolveNow(parts, capability)];
  });
  return Object.fromEntries(entries);
}

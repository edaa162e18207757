import type { CapabilityRegistry } from '../capabilities/capability-registry.ts';
import type { Composition } from '../composition-api.ts';
import type { HookRegistry } from '../hooks/hook-registry.ts';
import type { RouteRegistry } from './route-registry.ts';

/** All that plugins have registered for others: taps, capabilities, routes. */
export interface Registry {
  readonly hooks: HookRegistry;
  readonly capabilities: CapabilityRegistry;
  readonly routes: RouteRegistry;
}

/** A composition as far as it says who comes before whom. */
interface Placed {
  readonly composition: Composition;
  readonly records: readonly { readonly manifest: { readonly id: string }; readonly position: number }[];
}

/** A draft for a composition that starts from `registry` as it is now; what is done to it, nobody sees. */
export function forkRegistry({ hooks, capabilities, routes }: Registry, { composition, records }: Placed): Registry {
  const { bindings = {}, order = {} } = composition;
  const positions = new Map(records.map(({ manifest, position }) => [manifest.id, position]));
  return {
    hooks: hooks.fork({ order, positions }),
    capabilities: capabilities.fork({ bindings, positions }),
    routes: routes.fork(),
  };
}

/** Makes a draft what everybody sees. Synchronous, so nobody meets anything in between. */
export function adoptRegistry(registry: Registry, draft: Registry): void {
  registry.hooks.adopt(draft.hooks);
  registry.routes.adopt(draft.routes);
  // Last, since it tells its listeners.
  registry.capabilities.adopt(draft.capabilities);
}

/** One thing a plugin registered for others to see. */
export interface Registration {
  /** @throws when it clashes with what is there */
  add(registry: Registry): void;
  remove(registry: Registry): void;
}

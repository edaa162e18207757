import type { Provision } from './capability-registry.ts';

type Method = (name: string, ...rest: unknown[]) => unknown;

/** Stands for `implementation` with `prefix` before each name its `namespaced` methods are called with. */
function withPrefix(implementation: object, namespaced: readonly string[], prefix: string): object {
  const methods = new Map<PropertyKey, Method>(
    namespaced.map((method) => [
      method,
      (name, ...rest) => (implementation as Record<string, Method>)[method]?.(prefix + name, ...rest),
    ]),
  );
  return new Proxy(implementation, {
    get: (target, property) => methods.get(property) ?? (Reflect.get(target, property) as unknown),
  });
}

/**
 * Gives the implementations of provisions as one plugin uses them: of a capability with names, each plugin reaches its own
 * only. What the provider declares counts, since a consumer could leave it out.
 */
export function createOwnNames(pluginId: string): (provision: Provision) => unknown {
  const views = new WeakMap<Provision, unknown>();
  return (provision) => {
    const { capability, implementation } = provision;
    const { namespaced } = capability;
    if (namespaced === undefined || typeof implementation !== 'object' || implementation === null)
      return implementation;
    const view = views.get(provision) ?? withPrefix(implementation, namespaced, `${pluginId}:`);
    views.set(provision, view);
    return view;
  };
}

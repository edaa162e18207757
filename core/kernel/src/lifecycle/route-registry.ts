import type { Contract } from '@parley/contracts';
import { kernelErrors } from '../kernel-errors.ts';
import { routesOf } from './check-routes.ts';

/** Which plugin serves which route. */
export interface RouteRegistry {
  /** @throws KERNEL_ROUTE_REFUSED naming the plugin that serves one of the routes already */
  claim(pluginId: string, contract: Contract): void;
  release(pluginId: string, contract: Contract): void;
  fork(): RouteRegistry;
  /** Takes the place a fork came to; the fork is not used afterwards. */
  adopt(fork: RouteRegistry): void;
  /** Plugin ids by route. */
  owners(): ReadonlyMap<string, string>;
}

/** A registry with these owners. */
export function createRouteRegistry(initial: ReadonlyMap<string, string> = new Map()): RouteRegistry {
  let owners = initial;
  return {
    claim(pluginId, contract) {
      const routes = routesOf(contract);
      const taken = routes.find((route) => owners.has(route));
      if (taken !== undefined) {
        const reason = `plugin ${owners.get(taken)} already serves ${taken}`;
        throw kernelErrors.ROUTE_REFUSED({ plugin: pluginId, operation: contract.id, reason });
      }
      owners = new Map([...owners, ...routes.map((route) => [route, pluginId] as const)]);
    },
    release(pluginId, contract) {
      const routes = new Set(routesOf(contract));
      owners = new Map([...owners].filter(([route, owner]) => owner !== pluginId || !routes.has(route)));
    },
    fork: () => createRouteRegistry(owners),
    adopt: (fork) => {
      owners = fork.owners();
    },
    owners: () => owners,
  };
}

import { isAppError } from '@parley/contracts';
import type { Principal } from '@parley/contracts';
import type { Clock, PluginContext } from '@parley/kernel';
import { ALIAS_PROVIDER, modelRoutingErrors } from '@parley/plugin-model-routing/contract';
import type { ModelRoutes } from '@parley/plugin-model-routing/contract';
import { modelsErrors } from '@parley/plugin-models/contract';
import { routesEntity } from './entities.ts';

/** The names and fallbacks of all tenants, each kept in memory until they change, for a while at most. */
export interface RouteBook {
  read(principal: Principal): Promise<ModelRoutes>;
  /** @throws MODELS_CHANGED, MODEL_ROUTING_TWICE, MODEL_ROUTING_CIRCULAR */
  set(principal: Principal, routes: ModelRoutes): Promise<ModelRoutes>;
  /** Reads again at the next use. */
  forget(): void;
}

/** Another node's change may be missed, its doorbell being one that can be lost. */
const MAX_AGE_MS = 5_000;

const isAlias = (model: string): boolean => model.startsWith(`${ALIAS_PROVIDER}/`);

/** One meaning for each name, and no name for names: a request then always ends at a model. */
function check({ items, fallbacks }: ModelRoutes): void {
  const names = [...items.map(({ id }) => `${ALIAS_PROVIDER}/${id}`), ...fallbacks.map(({ model }) => model)];
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw modelRoutingErrors.TWICE({ what: twice });
  const circular = [
    ...items.flatMap(({ id, models }) => (models.some(isAlias) ? [`${ALIAS_PROVIDER}/${id}`] : [])),
    ...fallbacks.flatMap(({ model, instead }) => (isAlias(model) || instead.some(isAlias) ? [model] : [])),
  ];
  if (circular[0] !== undefined) throw modelRoutingErrors.CIRCULAR({ what: circular[0] });
}

/** A route book over the plugin's records. */
export function createRouteBook(deps: {
  readonly ctx: Pick<PluginContext<unknown>, 'store'>;
  readonly clock: Clock;
}): RouteBook {
  const { ctx, clock } = deps;
  const kept = new Map<string, { readonly routes: Promise<ModelRoutes>; readonly untilMs: number }>();

  const find = async (principal: Principal) =>
    (await ctx.store(routesEntity, principal).list({ where: { name: 'routes' }, limit: 1 })).items[0];
  const load = async (principal: Principal): Promise<ModelRoutes> => {
    const { items = [], fallbacks = [], rev = 0 } = (await find(principal)) ?? {};
    return { items, fallbacks, rev };
  };

  return {
    read(principal) {
      const { tenantId } = principal;
      const known = kept.get(tenantId);
      if (known && clock.now() < known.untilMs) return known.routes;
      const routes = load(principal);
      const entry = { routes, untilMs: clock.now() + MAX_AGE_MS };
      kept.set(tenantId, entry);
      routes.catch(() => kept.get(tenantId) === entry && kept.delete(tenantId));
      return routes;
    },
    async set(principal, routes) {
      check(routes);
      const { items, fallbacks, rev } = routes;
      const store = ctx.store(routesEntity, principal);
      const found = await find(principal);
      if (rev !== (found?.rev ?? 0)) throw modelsErrors.CHANGED();
      kept.clear();
      try {
        const saved = found
          ? await store.update(found.id, { items, fallbacks }, found.rev)
          : await store.insert({ name: 'routes', items, fallbacks });
        return { items: saved.items, fallbacks: saved.fallbacks, rev: saved.rev };
      } catch (error) {
        if (isAppError(error, 'STORAGE_CONFLICT') || isAppError(error, 'STORAGE_DUPLICATE'))
          throw modelsErrors.CHANGED();
        throw error;
      }
    },
    forget: () => kept.clear(),
  };
}

import { ALIAS_PROVIDER } from '@parley/plugin-model-routing/contract';
import type { ModelRoutes } from '@parley/plugin-model-routing/contract';

type Routes = Pick<ModelRoutes, 'items' | 'fallbacks'>;

/** Who may answer for a model, itself not among them: what is said of it counts before what is said of its provider. */
function fallbacksOf(model: string, { fallbacks }: Routes): readonly string[] {
  const ofAll = `${model.slice(0, model.indexOf('/'))}/*`;
  const fallback = fallbacks.find((each) => each.model === model) ?? fallbacks.find((each) => each.model === ofAll);
  return fallback?.instead ?? [];
}

/**
 * The models that may answer for the one that was picked, in the order in which they are asked. Those of a name come before
 * what is said of each of them.
 */
export function chainOf(wanted: string, routes: Routes): readonly string[] {
  const alias = routes.items.find(({ id }) => `${ALIAS_PROVIDER}/${id}` === wanted);
  const first = alias ? alias.models : [wanted];
  return [...new Set([...first, ...first.flatMap((model) => fallbacksOf(model, routes))])];
}

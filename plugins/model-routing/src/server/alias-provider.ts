import type { ModelInfo, ModelProvider } from '@parley/contracts';
import { modelRoutingErrors } from '@parley/plugin-model-routing/contract';
import type { ModelAlias } from '@parley/plugin-model-routing/contract';

const toInfo = ({ id, title, models, roles }: ModelAlias): ModelInfo => ({
  id,
  name: title,
  description: `The first of ${models.join(', ')} that answers`,
  abilities: {},
  standsFor: models,
  ...(roles ? { roles } : {}),
});

/** Lists names among the models. Who answers to a name is decided before a provider is asked, unless nobody can. */
export const createAliasProvider = (read: () => Promise<readonly ModelAlias[]>): ModelProvider => ({
  listModels: async () => (await read()).map(toInfo),
  // oxlint-disable-next-line require-yield -- there is nothing to say
  async *stream(request) {
    const alias = (await read()).find(({ id }) => id === request.model);
    throw modelRoutingErrors.NONE({ name: alias?.title ?? request.model, models: alias?.models ?? [] });
  },
});

import { modelErrors } from '@parley/contracts';
import type { ModelInfo, ModelProvider } from '@parley/contracts';
import type { ModelAlias } from '@parley/plugin-model-routing/contract';

const toInfo = ({ id, title, models, roles }: ModelAlias): ModelInfo => ({
  id,
  name: title,
  description: `The first of ${models.join(', ')} that answers`,
  abilities: {},
  standsFor: models,
  ...(roles ? { roles } : {}),
});

/** Lists names among the models. What answers to a name is decided before its provider is asked. */
export const createAliasProvider = (read: () => Promise<readonly ModelAlias[]>, title: string): ModelProvider => ({
  listModels: async () => (await read()).map(toInfo),
  // eslint-disable-next-line require-yield -- there is never an answer
  async *stream() {
    throw modelErrors.UNAVAILABLE({ provider: title });
  },
});

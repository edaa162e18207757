import { ModelInfo, StatedAbilities } from '@parley/contracts';
import * as z from 'zod';

/** What an operator says about one model; it counts more than what its provider lists and what else is known. */
export const ModelRule = ModelInfo.pick({
  description: true,
  contextWindowTokens: true,
  maxOutputTokens: true,
  inputUsdPerMillion: true,
  outputUsdPerMillion: true,
  cachedInputUsdPerMillion: true,
  cacheWriteUsdPerMillion: true,
  roles: true,
}).extend({
  /** Whether people see it; without it, what the settings say of new models. */
  enabled: z.boolean().optional(),
  name: z.string().trim().min(1).max(200).optional(),
  abilities: StatedAbilities.optional(),
});
export type ModelRule = z.output<typeof ModelRule>;

/** What an operator says about all models. */
export const ModelsSettings = z.object({
  /** `provider/model` for who has picked none; the first that is not a demo without it. */
  defaultModel: z.string().min(1).max(300).optional(),
  /** Whether people see a model that no rule enables or disables. */
  newModels: z.enum(['shown', 'hidden']).default('shown'),
});
export type ModelsSettings = z.output<typeof ModelsSettings>;

import { defineEntity } from '@parley/contracts';
import { ModelRule, ModelsSettings } from '@parley/plugin-models/contract';
import * as z from 'zod';

/** What the operator says about one model. */
export const ruleEntity = defineEntity({
  name: 'rule',
  version: 1,
  scope: 'tenant',
  schema: z.object({
    /** `provider/model`. */
    model: z.string(),
    rule: ModelRule,
  }),
  indexes: [{ fields: ['model'], unique: true }],
});

/** What the operator says about all models: one record for each tenant. */
export const settingsEntity = defineEntity({
  name: 'settings',
  version: 1,
  scope: 'tenant',
  schema: z.object({ name: z.string(), settings: ModelsSettings }),
  indexes: [{ fields: ['name'], unique: true }],
});

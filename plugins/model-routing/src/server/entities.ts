import { defineEntity } from '@parley/contracts';
import { ModelAlias, ModelFallback } from '@parley/plugin-model-routing/contract';
import * as z from 'zod';

/** All names and fallbacks of a tenant, which are read and set together. */
export const routesEntity = defineEntity({
  name: 'routes',
  version: 1,
  scope: 'tenant',
  schema: z.object({
    name: z.string(),
    items: z.array(ModelAlias),
    fallbacks: z.array(ModelFallback),
  }),
  indexes: [{ fields: ['name'], unique: true }],
});

import { AvailableModel, defineContract, op, ProviderStatus } from '@parley/contracts';
import * as z from 'zod';

/** The models a person can pick. */
export const modelsContract = defineContract('models', '1.0.0', {
  list: op({
    method: 'GET',
    path: '/api/models',
    access: 'user',
    summary: 'The models that can be picked now, and how each provider stands.',
    input: z.object({}),
    output: z.object({
      items: z.array(AvailableModel),
      default: z.string().optional(),
      providers: z.array(ProviderStatus),
    }),
  }),
});

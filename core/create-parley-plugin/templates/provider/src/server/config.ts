import { secret } from '@parley/contracts';
import * as z from 'zod';

/** Settings of the Sample service. */
export const Config = z.object({
  /** Where the service is. An operator may point it anywhere, so its host is the only one this plugin can reach. */
  baseUrl: z.url({ protocol: /^https?$/ }).default('https://models.sample.example/v1'),
  apiKey: secret(),
  /** Models to offer, as the service names them. */
  models: z.array(z.string().min(1)).min(1).default(['sample-small']),
});
export type Config = z.output<typeof Config>;

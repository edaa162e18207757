import * as z from 'zod';
import { SignUpSettings } from '../contract/index.ts';

/** Settings of the plugin. */
export const Config = SignUpSettings.extend({
  triesPerAccount: z.number().int().min(1).default(10).describe('Tries within one window for one account.'),
  triesPerAddress: z.number().int().min(1).default(100).describe('Tries within one window from one IP address.'),
  tryWindowSeconds: z.number().int().min(1).default(900).describe('How long tries are counted.'),
}).prefault({});
export type Config = z.output<typeof Config>;

import * as z from 'zod';
import { CatalogueEntry } from './entries.ts';

/** Settings of the catalogue. */
export const Config = z
  .object({
    extra: z
      .array(CatalogueEntry.extend({ family: z.string().min(1) }))
      .default([])
      .describe('Models to add, or to put in place of those that come with the plugin, each with source and date.'),
    file: z
      .string()
      .min(1)
      .optional()
      .describe('JSON file with more of them: a list of the same form, from a folder of the operator. Absolute path.'),
  })
  .prefault({});
export type Config = z.output<typeof Config>;

import { ModelFacts } from '@parley/contracts';
import * as z from 'zod';

/** What is known of one model, and which ids mean it. */
export const CatalogueEntry = ModelFacts.extend({
  id: z.string().min(1),
  /** Other ids of the same model. */
  aliases: z.array(z.string().min(1)).optional(),
  /** How the ids of its dated versions end, `Y`, `M`, `D` and `N` each standing for a digit, as in `-YYYY-MM-DD`. */
  snapshots: z.array(z.string().regex(/^[-@.:][-@.:YMDN]+$/)).optional(),
  /** The last day on which its prices hold. */
  pricesUntil: z.iso.date().optional(),
});
export type CatalogueEntry = z.output<typeof CatalogueEntry>;

/** The models of one family, as a file holds them. */
export const CatalogueFile = z.strictObject({
  family: z.string().min(1),
  /** What may stand before each id, such as the region of an inference profile. */
  prefixes: z.array(z.string().min(1)).optional(),
  models: z.array(z.strictObject(CatalogueEntry.shape)),
});
export type CatalogueFile = z.output<typeof CatalogueFile>;

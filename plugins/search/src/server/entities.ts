import { defineEntity } from '@parley/contracts';
import type { RecordOf } from '@parley/contracts';
import * as z from 'zod';

/** How far one kind of record has been brought into the index; its id is the collection. */
export const fillEntity = defineEntity({
  name: 'fill',
  version: 1,
  scope: 'global',
  schema: z.object({
    /** The life of the index that it was brought into. */
    incarnation: z.string(),
    /** How documents were made of records. */
    fingerprint: z.string(),
    /** Where the next page begins. */
    after: z.string().optional(),
    isDone: z.boolean(),
    /** Records read. */
    done: z.number().int().min(0),
  }),
});
export type FillRecord = RecordOf<typeof fillEntity>;

import { defineEntity } from '@parley/contracts';
import type { RecordOf } from '@parley/contracts';
import * as z from 'zod';
import { ErasedItem, Receipt } from '../contract/index.ts';

/** An erasure that goes on; it holds whom, and is gone when the person is. Its id becomes that of the receipt. */
export const erasureEntity = defineEntity({
  name: 'erasure',
  version: 1,
  scope: 'global',
  schema: z.object({
    userId: z.string(),
    by: Receipt.shape.by,
    items: z.array(ErasedItem),
    /** Why the last try did not come through. */
    problem: z.string().optional(),
  }),
  indexes: [{ fields: ['userId'], unique: true }],
});
export type ErasureRecord = RecordOf<typeof erasureEntity>;

/** That somebody was erased. Nothing in it is about the person. */
export const receiptEntity = defineEntity({
  name: 'receipt',
  version: 1,
  scope: 'tenant',
  schema: z.object({ by: Receipt.shape.by, requestedAt: z.iso.datetime(), items: z.array(ErasedItem) }),
});

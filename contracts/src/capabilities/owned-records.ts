import * as z from 'zod';
import { defineCapability } from '../define/capability.ts';
import type { RecordBase } from '../define/entity.ts';

/** Whose records. */
export interface RecordOwner {
  readonly tenantId: string;
  readonly ownerId: string;
}

/** How many records of somebody a collection holds, or held. */
export interface OwnedCount {
  /** `<plugin id>.<entity name>`. */
  readonly collection: string;
  readonly count: number;
}

/** Records of somebody from one collection. Shape: at most 200, without the fields their entity keeps secret. */
export interface OwnedBatch {
  readonly collection: string;
  readonly records: readonly (RecordBase & Readonly<Record<string, unknown>>)[];
}

/**
 * All records of scope `user` that somebody owns, in every collection the database knows, whether its plugin runs or not.
 * It reaches past every plugin: grant it to nobody but who exports and erases people.
 */
export interface OwnedRecords {
  /** Shape: only collections that hold any, by name. */
  count(owner: RecordOwner): Promise<readonly OwnedCount[]>;
  /**
   * Collection after collection, the oldest record first. Collections that no plugin has started with since what is secret
   * is noted are left out.
   */
  stream(owner: RecordOwner): AsyncIterable<OwnedBatch>;
  /** Deletes them in batches; may be repeated after a kill. Resolves with what this call has deleted. */
  delete(owner: RecordOwner): Promise<readonly OwnedCount[]>;
}

/** Everything the database holds of one person. */
export const ownedRecords = defineCapability<OwnedRecords>()({
  id: 'owned-records',
  version: '1.0.0',
  arity: 'one',
  descriptor: z.object({}),
});

import type { Durability } from '@parley/contracts';
import type { mongo } from 'mongoose';
import type { StoredChange, StoredDocument } from './documents.ts';
import type { Layout } from './layout.ts';
import { OWN_COLLECTIONS } from './names.ts';

/** What the database knows of one Parley collection. */
export interface CatalogEntry {
  /** Its name. */
  readonly _id: string;
  readonly version: number;
  readonly scope: 'user' | 'tenant' | 'global';
  /** What its documents hold beside the records; empty when they have to be written anew. */
  readonly shadows: string;
}

/** One part of a batch of changes that is being made. */
export interface JournalEntry {
  readonly _id: string;
  /** How many parts precede this one, which decides that the batch is made; absent on the others. */
  readonly parts?: number;
  readonly changes: readonly StoredChange[];
}

/** The collections of one database. */
export interface Database {
  records(name: string): mongo.Collection<StoredDocument>;
  of(layout: Layout): mongo.Collection<StoredDocument>;
  /** Makes operations of one kind in order. Resolves with how many found what they were for. */
  bulk(
    name: string,
    operations: readonly mongo.AnyBulkWriteOperation<StoredDocument>[],
    options: mongo.BulkWriteOptions,
  ): Promise<number>;
  readonly catalog: mongo.Collection<CatalogEntry>;
  readonly journal: mongo.Collection<JournalEntry>;
}

/** A majority has it, and its journal when a loss of power must not take it back. */
export const concernOf = (durability: Durability, timeoutMs: number) => ({
  writeConcern: { w: 'majority' as const, wtimeoutMS: timeoutMs, ...(durability === 'full' ? { journal: true } : {}) },
});

/** Handles on the collections of `db`, reading what a majority has. `maxUpdates`: most in one command. */
export function createDatabase(db: mongo.Db, maxUpdates = 1_000): Database {
  const majority = { readConcern: { level: 'majority' as const } };
  const records = (name: string) => db.collection<StoredDocument>(name, majority);
  return {
    records,
    of: ({ name }) => records(name),
    async bulk(name, operations, options) {
      const isInsert = operations.every((operation) => 'insertOne' in operation);
      const most = isInsert ? operations.length : maxUpdates;
      let found = 0;
      for (let start = 0; start < operations.length; start += most) {
        const piece = operations.slice(start, start + most);
        const result = await records(name).bulkWrite(piece, { ...options, ordered: true });
        found += result.insertedCount + result.matchedCount + result.deletedCount + result.upsertedCount;
      }
      return found;
    },
    catalog: db.collection<CatalogEntry>(OWN_COLLECTIONS.catalog, majority),
    journal: db.collection<JournalEntry>(OWN_COLLECTIONS.journal, majority),
  };
}

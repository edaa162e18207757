import { checkId, parseWhere } from '@parley/contracts';
import type { StorageSession, StoredRecord } from '@parley/contracts';
import type { mongo } from 'mongoose';
import type { Database } from './database.ts';
import { toRecord } from './documents.ts';
import type { StoredDocument } from './documents.ts';
import type { Layout } from './layout.ts';
import { matches } from './matches.ts';
import { countMatches, findPage } from './page.ts';
import type { Overlay } from './page.ts';

/** What reads go through. */
export interface ReadDeps {
  readonly database: Database;
  readonly layoutOf: (collection: string) => Layout;
  /** Runs a read at a moment when nothing is half-made, its errors as those of the contract. */
  readonly read: <T>(layout: Layout, work: () => Promise<T>) => Promise<T>;
  readonly get: (layout: Layout, id: string) => Promise<StoredRecord | undefined>;
  readonly overlay: (layout: Layout) => Overlay;
}

type MongoFilter = mongo.Filter<StoredDocument>;

/** The reading half of a session. */
export function createReads({ database, layoutOf, read, get, overlay }: ReadDeps): Omit<StorageSession, 'write'> {
  return {
    async get(name, id, where) {
      const layout = layoutOf(name);
      const condition = parseWhere(where, layout.entity);
      const key = checkId(id, layout.entity);
      const record = await read(layout, () => get(layout, key));
      return record !== undefined && matches(condition, record) ? record : undefined;
    },
    async find(name, query) {
      const layout = layoutOf(name);
      return read(layout, () =>
        findPage(
          layout,
          query,
          async (filter, sort, limit) => {
            const cursor = database.of(layout).find(filter as MongoFilter, { sort, limit });
            // One answer: what is read is of one moment, and nothing stays open on the server.
            const found = await cursor.batchSize(limit + 1).toArray();
            return found.map((document) => toRecord(document as StoredDocument));
          },
          overlay(layout),
        ),
      );
    },
    async count(name, where) {
      const layout = layoutOf(name);
      return read(layout, () =>
        countMatches(layout, where, (filter) => database.of(layout).countDocuments(filter), overlay(layout)),
      );
    },
  };
}

import { isAppError } from '@parley/contracts';
import type {
  Collection,
  OwnedCount,
  OwnedRecords,
  Page,
  RecordOwner,
  StorageDriver,
  StoredRecord,
  Where,
} from '@parley/contracts';
import { readCollections } from './collection-catalog.ts';
import type { KnownCollection } from './collection-catalog.ts';

const BATCH_SIZE = 200;

/** A collection that may hold records of people. `known` is missing where no plugin has ever noted what it is. */
interface Reachable {
  readonly collection: Collection;
  readonly known: KnownCollection | undefined;
}

const toWhere = ({ tenantId, ownerId }: RecordOwner): Where<StoredRecord> => ({ tenantId, ownerId });

/** What is over of a record when its secret fields are left out. */
function withoutSecrets(record: StoredRecord, secret: readonly string[]): StoredRecord {
  return Object.fromEntries(Object.entries(record).filter(([field]) => !secret.includes(field))) as StoredRecord;
}

/** Owned records over the storage driver that serves when they are asked for. */
export function createOwnedRecords(presentDriver: () => StorageDriver): OwnedRecords {
  /** Every collection of scope `user`, by name. */
  async function reachable(): Promise<readonly Reachable[]> {
    const driver = presentDriver();
    const { collections } = await driver.statistics();
    const catalog = await readCollections(driver);
    const known = new Map(catalog.map((each) => [each.name, each]));
    return collections
      .filter(({ scope }) => scope === 'user')
      .map(({ name, version }) => {
        const described = known.get(name);
        const collection = described ?? { name, version, scope: 'user' as const, indexes: [] };
        // As it lies in the database: the plugin that would migrate it does not run, or has done so.
        return { collection: { ...collection, version }, known: described };
      });
  }

  /** Does `work` with a collection, made ready first where no plugin has done so since the start. */
  async function using<T>(
    { collection }: Reachable,
    work: (driver: StorageDriver, name: string) => Promise<T>,
  ): Promise<T> {
    const driver = presentDriver();
    try {
      return await work(driver, collection.name);
    } catch (error) {
      if (!isAppError(error, 'STORAGE_INVALID')) throw error;
      await driver.prepare([collection]);
      return await work(driver, collection.name);
    }
  }

  const page = (each: Reachable, owner: RecordOwner, after?: string): Promise<Page<StoredRecord>> =>
    using(each, (driver, name) =>
      driver.find(name, { where: toWhere(owner), limit: BATCH_SIZE, ...(after === undefined ? {} : { after }) }),
    );

  const counting = async (owner: RecordOwner, count: (each: Reachable) => Promise<number>): Promise<OwnedCount[]> => {
    const counts: OwnedCount[] = [];
    for (const each of await reachable()) {
      counts.push({ collection: each.collection.name, count: await count(each) });
    }
    return counts.filter(({ count: found }) => found > 0);
  };

  async function deleteAll(each: Reachable, owner: RecordOwner): Promise<number> {
    const where = toWhere(owner);
    let deleted = 0;
    for (;;) {
      const { items } = await page(each, owner);
      if (items.length === 0) return deleted;
      try {
        const { name: collection } = each.collection;
        await presentDriver().write(items.map(({ id }) => ({ kind: 'delete', collection, id, where })));
        deleted += items.length;
      } catch (error) {
        // Its owner's plugin has deleted one of them meanwhile: look again.
        if (!isAppError(error, 'STORAGE_NOT_FOUND')) throw error;
      }
    }
  }

  return {
    count: (owner) => counting(owner, (each) => using(each, (driver, name) => driver.count(name, toWhere(owner)))),
    delete: (owner) => counting(owner, (each) => deleteAll(each, owner)),
    async *stream(owner) {
      for (const each of await reachable()) {
        const { collection, known } = each;
        if (known === undefined) continue;
        let after: string | undefined;
        do {
          const { items, next } = await page(each, owner, after);
          const records = items.map((record) => withoutSecrets(record, known.secret));
          if (records.length > 0) yield { collection: collection.name, records };
          after = next;
        } while (after !== undefined);
      }
    },
  };
}

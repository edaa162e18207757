import { DEFAULT_TENANT, isAppError } from '@parley/contracts';
import type { AnyEntity, Collection, StorageDriver, StoredRecord, Write } from '@parley/contracts';
import { toCollection } from './collection.ts';

/** A collection as it was when its plugin last started, so that it can be read when that plugin does not run. */
export interface KnownCollection extends Omit<Collection, 'migrate'> {
  /** Fields that never leave the server. */
  readonly secret: readonly string[];
}

const CATALOG: Collection = { name: 'kernel.collection', scope: 'global', version: 1, indexes: [] };
const PAGE_SIZE = 1_000;

const describe = (pluginId: string, entity: AnyEntity): KnownCollection => {
  const { migrate: _migrate, ...collection } = toCollection(pluginId, entity);
  return { ...collection, secret: entity.secret ?? [] };
};

const catalogs = new WeakMap<StorageDriver, Promise<void>>();

/** Makes the catalog, once for each driver. */
async function prepareCatalog(driver: StorageDriver): Promise<void> {
  const made = catalogs.get(driver) ?? driver.prepare([CATALOG]);
  catalogs.set(driver, made);
  try {
    await made;
  } catch (error) {
    catalogs.delete(driver);
    throw error;
  }
}

function toWrite(known: KnownCollection, found: StoredRecord | undefined, now: string): Write | undefined {
  const { name: id } = known;
  const description = JSON.stringify(known);
  if (found?.['description'] === description) return undefined;
  const collection = CATALOG.name;
  if (found) return { kind: 'update', collection, id, where: {}, patch: { description, updatedAt: now } };
  const base = { id, tenantId: DEFAULT_TENANT, createdAt: now, updatedAt: now, rev: 1 };
  return { kind: 'insert', collection, record: { ...base, description } };
}

/** Notes in the database what the collections of a plugin are. Writes only what is new or changed. */
export async function rememberCollections(
  driver: StorageDriver,
  { pluginId, entities, clock }: { pluginId: string; entities: readonly AnyEntity[]; clock: { now(): number } },
): Promise<void> {
  await prepareCatalog(driver);
  const now = new Date(clock.now()).toISOString();
  for (const entity of entities) {
    const known = describe(pluginId, entity);
    const write = toWrite(known, await driver.get(CATALOG.name, known.name, {}), now);
    try {
      if (write !== undefined) await driver.write([write], 'relaxed');
    } catch (error) {
      // Another node has just noted the same.
      if (!isAppError(error, 'STORAGE_DUPLICATE')) throw error;
    }
  }
}

/** Every collection that a plugin has ever started with on this database, by name. */
export async function readCollections(driver: StorageDriver): Promise<readonly KnownCollection[]> {
  await prepareCatalog(driver);
  const known: KnownCollection[] = [];
  let after: string | undefined;
  do {
    const page = await driver.find(CATALOG.name, { limit: PAGE_SIZE, ...(after === undefined ? {} : { after }) });
    known.push(...page.items.map(({ description }) => JSON.parse(String(description)) as KnownCollection));
    after = page.next;
  } while (after !== undefined);
  return known;
}

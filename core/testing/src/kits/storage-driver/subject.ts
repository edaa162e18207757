import type { Collection, Page, Query, StorageDriver, StorageSession, StoredRecord, Write } from '@parley/contracts';

/** A driver under test over an empty place of its own. */
export interface StorageSubject {
  readonly driver: StorageDriver;
  /** Closes the newest driver and opens another over the same records, as a restart does. */
  readonly reopen: () => Promise<StorageDriver>;
  /** Removes records whose time to live has passed at `now`, milliseconds since 1970. */
  readonly sweep: (now: number) => Promise<void>;
  /** Opens another driver over another empty place. */
  readonly openEmpty: () => Promise<StorageDriver>;
}

/** The collection most cases use. */
export const NOTE = 'kit.note';

/** That collection, with what a case wants different. */
export const noteCollection = (difference: Partial<Collection> = {}): Collection => ({
  name: NOTE,
  scope: 'user',
  version: 1,
  indexes: [
    { fields: ['ownerId', 'createdAt'], unique: false },
    { fields: ['ownerId', 'slug'], unique: true },
  ],
  ...difference,
});

/** A record with its base fields. */
export const toRecord = (id: string, fields: Readonly<Record<string, unknown>> = {}): StoredRecord => ({
  id,
  tenantId: 'tenant',
  ownerId: 'owner',
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  rev: 1,
  ...fields,
});

/** An insert into `NOTE`. */
export const toInsert = (record: StoredRecord): Write => ({ kind: 'insert', collection: NOTE, record });

/** An update in `NOTE` of whatever owner. */
export const toUpdate = (id: string, patch: Readonly<Record<string, unknown>>, rev?: number): Write => ({
  kind: 'update',
  collection: NOTE,
  id,
  where: {},
  patch,
  ...(rev === undefined ? {} : { rev }),
});

/** A delete in `NOTE` of whatever owner. */
export const toDelete = (id: string, rev?: number): Write => ({
  kind: 'delete',
  collection: NOTE,
  id,
  where: {},
  ...(rev === undefined ? {} : { rev }),
});

/** Prepares `NOTE` and fills it. */
export async function fill(driver: StorageDriver, records: readonly StoredRecord[]): Promise<void> {
  await driver.prepare([noteCollection()]);
  if (records.length > 0) await driver.write(records.map(toInsert), 'relaxed');
}

/** The ids of a page, in order. */
export const idsOf = (page: Page<StoredRecord>): readonly string[] => page.items.map(({ id }) => id);

/** The ids that match, in order. */
export const findIds = async (
  session: StorageSession,
  query: Partial<Query<StoredRecord>>,
): Promise<readonly string[]> => idsOf(await session.find(NOTE, { limit: 1_000, ...query }));

/** The ids of all pages, in order; `between` runs after each page. */
export async function walkIds(
  session: StorageSession,
  query: Query<StoredRecord>,
  between: (page: number) => Promise<void> = async () => undefined,
): Promise<readonly string[]> {
  const ids: string[] = [];
  let after: string | undefined;
  for (let page = 0; page < 1_000; page += 1) {
    const found = await session.find(NOTE, { ...query, ...(after === undefined ? {} : { after }) });
    ids.push(...idsOf(found));
    after = found.next;
    if (after === undefined) return ids;
    await between(page);
  }
  throw new Error('The pages do not end');
}

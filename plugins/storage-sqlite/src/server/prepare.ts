import { storageErrors, toStored } from '@parley/contracts';
import type { Collection, StoredRecord } from '@parley/contracts';
import { readKnown, writeKnown } from './catalog.ts';
import type { Known, Rewrite } from './catalog.ts';
import { errors } from './errors.ts';
import { toStorageError } from './sqlite-errors.ts';
import type { Statements } from './statements.ts';
import type { TableLayout } from './table-layout.ts';
import { addColumns, createTable, leftOverSql, missingIndexSql } from './table-schema.ts';
import { parseDoc } from './records.ts';

const BATCH = 200;

/** `work` in one transaction of the connection; undone when it throws. */
export const inTransaction = <T>(statements: Statements, work: () => T): T => {
  const { db } = statements;
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
};

type Migrate = (old: Record<string, unknown>) => Record<string, unknown>;

/** What turns records of `version` into the next. @throws STORAGE_INVALID when there is none */
function stepOf({ name, migrate }: Collection, version: number): Migrate {
  const step = migrate?.[version];
  if (step !== undefined) return step;
  throw storageErrors.INVALID({ entity: name, reason: `there is no migration from version ${version}` });
}

/** `old`, of version `from`, as version `to`. What the store keeps of every record stays as it is. */
function migrateRecord(collection: Collection, old: StoredRecord, from: number, to: number): StoredRecord {
  const { id, tenantId, ownerId, createdAt, updatedAt, rev } = old;
  let record: Record<string, unknown> = { ...old };
  for (let version = from; version < to; version += 1) {
    const step = stepOf(collection, version);
    try {
      record = { ...step(record) };
    } catch (error) {
      throw errors.MIGRATION({ id, collection: collection.name, version }, error);
    }
  }
  const owner = ownerId === undefined ? {} : { ownerId };
  return toStored({ ...record, id, tenantId, ...owner, createdAt, updatedAt, rev }, collection.name);
}

function afterRewrite(done: Rewrite, { version: target, scope }: Collection): Known {
  const isDone = done.again !== true && done.version === target;
  return { version: done.version, scope, rewrite: isDone ? undefined : { version: target, cursor: '' } };
}

/** Writes the next batch of rows anew, and records how far it came, in one transaction. */
function rewriteBatch(statements: Statements, layout: TableLayout, from: number, rewrite: Rewrite): Known {
  const { collection } = layout;
  return inTransaction(statements, () => {
    const rows = statements
      .get(`SELECT id, doc FROM ${layout.quoted} WHERE id > ? ORDER BY id LIMIT ${BATCH}`)
      .all(rewrite.cursor) as unknown as [string, string][];
    for (const [, doc] of rows) {
      const record = migrateRecord(collection, parseDoc(doc), from, rewrite.version);
      const { text, values } = layout.update(record, JSON.stringify(record));
      statements.get(text).run(...values);
    }
    const last = rows.length === BATCH ? rows.at(-1) : undefined;
    const known: Known =
      last === undefined
        ? afterRewrite(rewrite, collection)
        : { version: from, scope: collection.scope, rewrite: { ...rewrite, cursor: last[0] } };
    writeKnown(statements, collection.name, known);
    return known;
  });
}

/** Brings columns to what the layout wants, and says which rewrite of the rows that or a new version takes. */
function planRewrite(statements: Statements, layout: TableLayout, known: Known): Known {
  const hasNewColumns = addColumns(statements, layout);
  const { version, scope } = layout.collection;
  const isBehind = hasNewColumns || known.version < version || known.rewrite !== undefined;
  const begun = known.rewrite;
  const rewrite =
    begun === undefined || begun.cursor === ''
      ? isBehind
        ? { version, cursor: '' }
        : undefined
      : { ...begun, ...(hasNewColumns ? { again: true } : {}) };
  const planned = { version: known.version, scope, rewrite };
  writeKnown(statements, layout.collection.name, planned);
  return planned;
}

/** Runs one statement on another thread. */
export type RunElsewhere = (sql: string) => Promise<void>;

/** Rows of a table whose index is made in milliseconds, for which another thread is not worth its start. */
const FEW_ROWS = 2_000;

const hasFewRows = (statements: Statements, layout: TableLayout): boolean => {
  const row = statements.get(`SELECT max(rowid) FROM ${layout.quoted}`).get() as unknown as [number | null];
  return (row[0] ?? 0) <= FEW_ROWS;
};

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

function createWhole(statements: Statements, layout: TableLayout): void {
  const { name, version, scope } = layout.collection;
  inTransaction(statements, () => {
    createTable(statements, layout);
    for (const { sql } of layout.indexes) statements.db.exec(sql);
    writeKnown(statements, name, { version, scope, rewrite: undefined });
  });
}

/**
 * Makes the table of `layout` what it should be, while nobody else writes. Each step is recorded with what it does, so that
 * it goes on where it stood when the process ends half-way.
 * @throws STORAGE_SQLITE_NEWER_DATA, STORAGE_SQLITE_MIGRATION, STORAGE_DUPLICATE for a new unique index that does not hold
 */
export async function prepareTable(
  statements: Statements,
  layout: TableLayout,
  runElsewhere: RunElsewhere,
): Promise<void> {
  const { name, version } = layout.collection;
  const found = readKnown(statements, name);
  if (found === undefined) return createWhole(statements, layout);
  const isBegun = found.rewrite !== undefined && found.rewrite.cursor !== '';
  const newest = isBegun ? Math.max(found.version, found.rewrite?.version ?? 0) : found.version;
  if (newest > version) throw errors.NEWER_DATA({ collection: name, found: newest, known: version });
  // All steps, before the first record is touched.
  for (let from = found.version; from < version; from += 1) stepOf(layout.collection, from);
  const run = hasFewRows(statements, layout) ? async (sql: string) => statements.db.exec(sql) : runElsewhere;
  for (const sql of leftOverSql(statements, layout)) await run(sql);
  let known = inTransaction(statements, () => planRewrite(statements, layout, found));
  while (known.rewrite !== undefined) {
    known = rewriteBatch(statements, layout, known.version, known.rewrite);
    await nextTurn();
  }
  try {
    for (const sql of missingIndexSql(statements, layout)) await run(sql);
  } catch (error) {
    throw toStorageError(error, name);
  }
}

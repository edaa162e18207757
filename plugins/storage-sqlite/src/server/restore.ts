import { storageErrors, toStored } from '@parley/contracts';
import type { RecordBatch } from '@parley/contracts';
import { readKnown, writeKnown } from './catalog.ts';
import type { Known } from './catalog.ts';
import { inTransaction } from './prepare.ts';
import { toFieldName } from './sql-names.ts';
import type { Statements } from './statements.ts';
import { createTableLayout } from './table-layout.ts';
import type { TableLayout } from './table-layout.ts';
import { createTable, readColumns } from './table-schema.ts';

/** The layout of the table as it is, whatever it was prepared for; columns and indexes are for the next `prepare`. */
function currentLayout(statements: Statements, { collection: name, scope, version }: RecordBatch): TableLayout {
  const plain = createTableLayout({ name, scope, version, indexes: [] });
  const fields = readColumns(statements, plain)
    .filter((column) => column.startsWith('f_'))
    .map(toFieldName);
  return createTableLayout({
    name,
    scope,
    version,
    indexes: fields.map((field) => ({ fields: [field], unique: false })),
  });
}

/** What the collection is at once `batch` is in it, and `last` was the highest id before. */
function knownAfter(found: Known | undefined, { collection, version, scope }: RecordBatch, last: string): Known {
  if (found?.rewrite?.version === version) return found;
  if (found === undefined || last === '') return { version, scope, rewrite: undefined };
  if (version === found.version) return found;
  if (version > found.version) {
    const reason = `there are records of version ${found.version} already; restore version ${version} into an empty database`;
    throw storageErrors.INVALID({ entity: collection, reason });
  }
  // The rows so far are of a newer version: a migration that was cut off goes on from here.
  return { version, scope, rewrite: { version: found.version, cursor: last } };
}

/** Writes one batch and what its collection is at, in one transaction. @throws STORAGE_INVALID, STORAGE_FULL */
export function restoreBatch(statements: Statements, batch: RecordBatch): void {
  inTransaction(statements, () => {
    const found = readKnown(statements, batch.collection);
    const { collection } = batch;
    if (found === undefined) createTable(statements, createTableLayout({ ...batch, name: collection, indexes: [] }));
    const layout = currentLayout(statements, batch);
    const records = batch.records.map((record) => toStored(record, layout.entity));
    const [first] = records;
    const row = statements.get(`SELECT max(id) FROM ${layout.quoted} WHERE id < ?`).get(first?.id ?? '') as unknown as [
      string | null,
    ];
    for (const record of records) {
      statements.get(`DELETE FROM ${layout.quoted} WHERE id = ?`).run(record.id);
      statements.get(layout.insertSql).run(...layout.insertValues(record, JSON.stringify(record)));
    }
    writeKnown(statements, collection, knownAfter(found, batch, row[0] ?? ''));
  });
}

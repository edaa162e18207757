import { quote, toColumn } from './sql-names.ts';
import { toStorageError } from './sqlite-errors.ts';
import type { Statements } from './statements.ts';
import type { TableLayout } from './table-layout.ts';

/** Makes the table of a new collection. */
export function createTable(statements: Statements, layout: TableLayout): void {
  const columns = layout.fields.map((field) => quote(toColumn(field)));
  statements.db.exec(
    `CREATE TABLE ${layout.quoted} (id TEXT NOT NULL PRIMARY KEY, ${columns.join(', ')}, doc TEXT NOT NULL)`,
  );
}

const readNames = (statements: Statements, sql: string, table: string): readonly string[] =>
  (statements.get(sql).all(table) as unknown as [string][]).map(([name]) => name);

/** Names of the table's columns. */
export const readColumns = (statements: Statements, layout: TableLayout): readonly string[] =>
  readNames(statements, 'SELECT name FROM pragma_table_info(?)', layout.table);

/** Adds missing columns and removes those no index needs; true when the rows have to be written again to fill them. */
export function alterColumns(statements: Statements, layout: TableLayout): boolean {
  const present = readColumns(statements, layout);
  const wanted = layout.fields.map(toColumn);
  const missing = wanted.filter((column) => !present.includes(column));
  const leftOver = present.filter((column) => column.startsWith('f_') && !wanted.includes(column));
  for (const column of missing) statements.db.exec(`ALTER TABLE ${layout.quoted} ADD COLUMN ${quote(column)}`);
  for (const column of leftOver) statements.db.exec(`ALTER TABLE ${layout.quoted} DROP COLUMN ${quote(column)}`);
  return missing.length > 0;
}

const readIndexes = (statements: Statements, layout: TableLayout): ReadonlySet<string> => {
  const sql = `SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL`;
  return new Set(readNames(statements, sql, layout.table));
};

/** Removes indexes that are no longer declared. */
export function dropLeftOverIndexes(statements: Statements, layout: TableLayout): void {
  const wanted = new Set(layout.indexes.map(({ name }) => name));
  for (const name of readIndexes(statements, layout)) {
    if (!wanted.has(name)) statements.db.exec(`DROP INDEX ${quote(name)}`);
  }
}

/** Adds indexes that are newly declared. @throws STORAGE_DUPLICATE when the records already break a unique one */
export function createMissingIndexes(statements: Statements, layout: TableLayout): void {
  const present = readIndexes(statements, layout);
  try {
    for (const { name, sql } of layout.indexes) if (!present.has(name)) statements.db.exec(sql);
  } catch (error) {
    throw toStorageError(error, layout.collection.name);
  }
}

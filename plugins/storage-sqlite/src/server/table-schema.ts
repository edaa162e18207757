import { quote, toColumn } from './sql-names.ts';
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

/** Adds missing columns; true when the rows have to be written again to fill them. */
export function addColumns(statements: Statements, layout: TableLayout): boolean {
  const present = readColumns(statements, layout);
  const missing = layout.fields.map(toColumn).filter((column) => !present.includes(column));
  for (const column of missing) statements.db.exec(`ALTER TABLE ${layout.quoted} ADD COLUMN ${quote(column)}`);
  return missing.length > 0;
}

const readIndexes = (statements: Statements, layout: TableLayout): readonly string[] => {
  const sql = `SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL`;
  return readNames(statements, sql, layout.table);
};

/** What removes indexes and columns that are no longer declared; the columns' part writes the whole table anew. */
export function leftOverSql(statements: Statements, layout: TableLayout): readonly string[] {
  const indexes = new Set(layout.indexes.map(({ name }) => name));
  const columns = new Set(layout.fields.map(toColumn));
  return [
    ...readIndexes(statements, layout)
      .filter((name) => !indexes.has(name))
      .map((name) => `DROP INDEX ${quote(name)}`),
    ...readColumns(statements, layout)
      .filter((column) => column.startsWith('f_') && !columns.has(column))
      .map((column) => `ALTER TABLE ${layout.quoted} DROP COLUMN ${quote(column)}`),
  ];
}

/** What makes the indexes that are newly declared. */
export function missingIndexSql(statements: Statements, layout: TableLayout): readonly string[] {
  const present = new Set(readIndexes(statements, layout));
  return layout.indexes.filter(({ name }) => !present.has(name)).map(({ sql }) => sql);
}

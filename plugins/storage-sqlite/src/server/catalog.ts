import type { EntityScope } from '@parley/contracts';
import type { Statements } from './statements.ts';

/** A rewrite of a table's rows that may have been cut off. */
export interface Rewrite {
  /** What the rows up to and including `cursor` are at already. */
  readonly version: number;
  readonly cursor: string;
  /** Columns came while it was under way, so the rows before `cursor` have to be written once more. */
  readonly again?: boolean;
}

/** What the database knows of one collection. */
export interface Known {
  readonly version: number;
  readonly scope: EntityScope;
  readonly rewrite: Rewrite | undefined;
}

/** What the database knows of the collection `name`. */
export interface NamedKnown extends Known {
  readonly name: string;
}

const COLUMNS = 'name, version, scope, rewrite';

/** What every collection is at, by name: rows for `toKnown`. */
export const KNOWN_SQL = `SELECT ${COLUMNS} FROM parley_collections ORDER BY name`;

/** A row of the table. */
export const toKnown = ([name, version, scope, rewrite]: readonly unknown[]): NamedKnown => ({
  name: name as string,
  version: version as number,
  scope: scope as EntityScope,
  rewrite: typeof rewrite === 'string' ? (JSON.parse(rewrite) as Rewrite) : undefined,
});

/** Makes the table that says what each collection is at. */
export function createCatalog(statements: Statements): void {
  const { db } = statements;
  db.exec(
    `CREATE TABLE IF NOT EXISTS parley_collections
       (name TEXT PRIMARY KEY, version INTEGER NOT NULL, rewrite TEXT, scope TEXT NOT NULL DEFAULT 'user') STRICT`,
  );
  const columns = db.prepare('SELECT name FROM pragma_table_info(?)').all('parley_collections') as unknown as [
    string,
  ][];
  // A database from before scopes were kept; its next `prepare` says the true ones.
  if (!columns.some(([name]) => name === 'scope')) {
    db.exec("ALTER TABLE parley_collections ADD COLUMN scope TEXT NOT NULL DEFAULT 'user'");
  }
}

/** What `name` is at; `undefined` when it was never prepared. */
export function readKnown(statements: Statements, name: string): Known | undefined {
  const row = statements.get(`SELECT ${COLUMNS} FROM parley_collections WHERE name = ?`).get(name);
  return row === undefined ? undefined : toKnown(row as unknown as readonly unknown[]);
}

/** Records what `name` is at. */
export function writeKnown(statements: Statements, name: string, { version, scope, rewrite }: Known): void {
  const text = rewrite === undefined ? null : JSON.stringify(rewrite);
  statements.get(`REPLACE INTO parley_collections (${COLUMNS}) VALUES (?, ?, ?, ?)`).run(name, version, scope, text);
}

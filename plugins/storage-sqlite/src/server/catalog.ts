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
  readonly rewrite: Rewrite | undefined;
}

/** Makes the table that says what each collection is at. */
export function createCatalog(statements: Statements): void {
  statements.db.exec(
    'CREATE TABLE IF NOT EXISTS parley_collections (name TEXT PRIMARY KEY, version INTEGER NOT NULL, rewrite TEXT) STRICT',
  );
}

/** What `name` is at; `undefined` when it was never prepared. */
export function readKnown(statements: Statements, name: string): Known | undefined {
  const row = statements.get('SELECT version, rewrite FROM parley_collections WHERE name = ?').get(name) as unknown as
    | [number, string | null]
    | undefined;
  if (row === undefined) return undefined;
  return { version: row[0], rewrite: row[1] === null ? undefined : (JSON.parse(row[1]) as Rewrite) };
}

/** Records what `name` is at. */
export function writeKnown(statements: Statements, name: string, known: Known): void {
  const rewrite = known.rewrite === undefined ? null : JSON.stringify(known.rewrite);
  statements.get('REPLACE INTO parley_collections VALUES (?, ?, ?)').run(name, known.version, rewrite);
}

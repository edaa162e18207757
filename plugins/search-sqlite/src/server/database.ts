import { randomUUID } from 'node:crypto';
import { renameSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue, StatementSync } from 'node:sqlite';
import { PREFIX_LENGTHS } from './index-terms.ts';

/** Raised when the same document gives other terms; a file of another layout is begun anew. */
const LAYOUT = 1;
const CORRUPT = 11;
const NOT_A_DATABASE = 26;

const SCHEMA = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE owners (
    owner INTEGER PRIMARY KEY AUTOINCREMENT, tenant_id TEXT NOT NULL, owner_id TEXT NOT NULL, UNIQUE (tenant_id, owner_id)
  ) STRICT;
  CREATE TABLE documents (
    place INTEGER PRIMARY KEY, owner INTEGER NOT NULL, collection TEXT NOT NULL, id TEXT NOT NULL, rev INTEGER NOT NULL,
    parent_id TEXT, at TEXT NOT NULL, text TEXT NOT NULL, UNIQUE (collection, id)
  ) STRICT;
  CREATE INDEX documents_of_owner ON documents (owner);
  CREATE VIRTUAL TABLE terms USING fts5 (
    words, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '${PREFIX_LENGTHS.join(' ')}'
  );
`;

/** An open index file. */
export interface Database {
  readonly db: DatabaseSync;
  /** The statement for a text, made once. */
  readonly get: (sql: string) => StatementSync;
  readonly run: (sql: string, ...values: SQLInputValue[]) => void;
  /** Runs `work` so that all of it happens or nothing. */
  readonly within: <T>(work: () => T) => T;
  readonly close: () => void;
}

/** SQLite's number for an error, without its details. */
export const sqliteCode = (error: unknown): number | undefined => {
  const code = (error as { readonly errcode?: unknown } | undefined)?.errcode;
  return typeof code === 'number' ? code & 0xff : undefined;
};

/** Whether an error says that the file can not be read as what it should be. */
export const isDamage = (error: unknown): boolean => [CORRUPT, NOT_A_DATABASE].includes(sqliteCode(error) ?? 0);

function wrap(db: DatabaseSync): Database {
  const statements = new Map<string, StatementSync>();
  const get = (sql: string): StatementSync => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const made = db.prepare(sql);
    statements.set(sql, made);
    return made;
  };
  return {
    db,
    get,
    run(sql, ...values) {
      const statement = get(sql);
      // The full-text table writes rows of its own, whose numbers are too large for JavaScript's.
      statement.setReadBigInts(true);
      statement.run(...values);
    },
    within(work) {
      db.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        db.exec('COMMIT');
        return result;
      } catch (error) {
        if (db.isTransaction) db.exec('ROLLBACK');
        throw error;
      }
    },
    close: () => db.close(),
  };
}

/** Empties the index and gives it another name. */
export function beginAnew({ db, within }: Database): void {
  within(() => {
    for (const kind of ['TABLE terms', 'TABLE documents', 'TABLE owners', 'TABLE meta']) db.exec(`DROP ${kind}`);
    createSchema(db);
  });
}

function createSchema(db: DatabaseSync): void {
  db.exec(SCHEMA);
  db.prepare(`INSERT INTO meta VALUES ('incarnation', ?), ('layout', ?), ('documents', '0')`).run(
    randomUUID(),
    String(LAYOUT),
  );
}

function open(file: string, busyTimeoutMs: number): Database {
  const db = new DatabaseSync(file, { timeout: busyTimeoutMs });
  try {
    // A change that was brought to the index is forgotten elsewhere, so a commit must outlive a loss of power.
    db.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA cache_size = -16000',
    );
    const database = wrap(db);
    const hasMeta = db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'meta'`).get() !== undefined;
    if (!hasMeta) database.within(() => createSchema(db));
    const layout = db.prepare(`SELECT value FROM meta WHERE key = 'layout'`).get()?.['value'];
    if (layout !== String(LAYOUT)) beginAnew(database);
    // Reads a little of every table, so that damage is met here and not by who searches.
    db.exec(`SELECT * FROM documents LIMIT 1; SELECT * FROM owners LIMIT 1; SELECT rowid FROM terms('a') LIMIT 1`);
    return database;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Puts the file at `file` aside as `<file>.damaged`, in place of an earlier one. */
function putAside(file: string): void {
  for (const end of ['-wal', '-shm']) rmSync(file + end, { force: true });
  renameSync(file, `${file}.damaged`);
}

/** Opens the index for writing. Whatever can not be read is put aside, and an index without documents takes its place. */
export function openForWriting(file: string, busyTimeoutMs: number): { database: Database; wasDamaged: boolean } {
  try {
    return { database: open(file, busyTimeoutMs), wasDamaged: false };
  } catch (error) {
    if (!isDamage(error)) throw error;
    putAside(file);
    return { database: open(file, busyTimeoutMs), wasDamaged: true };
  }
}

/** Opens an index that is there, to look and not to touch. */
export function openForReading(file: string, busyTimeoutMs: number): Database {
  const db = new DatabaseSync(file, { timeout: busyTimeoutMs });
  db.exec('PRAGMA query_only = 1; PRAGMA cache_size = -32000; PRAGMA mmap_size = 268435456');
  return wrap(db);
}

/** The name of this life of the index, and how many documents it holds. */
export function readStatistics({ get }: Database): { readonly incarnation: string; readonly documents: number } {
  const find = get('SELECT value FROM meta WHERE key = ?');
  return {
    incarnation: String(find.get('incarnation')?.['value'] ?? ''),
    documents: Number(find.get('documents')?.['value'] ?? 0),
  };
}

import type { DatabaseSync, StatementSync } from 'node:sqlite';

const MAX_STATEMENTS = 500;

/** Prepared statements of one connection by their text, the least recently used given up first. */
export interface Statements {
  readonly db: DatabaseSync;
  get(sql: string): StatementSync;
}

/** An empty cache for `db`. */
export function createStatements(db: DatabaseSync): Statements {
  const cached = new Map<string, StatementSync>();
  const get = (sql: string): StatementSync => {
    const known = cached.get(sql);
    if (known !== undefined && cached.size < MAX_STATEMENTS / 2) return known;
    const statement = known ?? db.prepare(sql);
    cached.delete(sql);
    cached.set(sql, statement);
    if (cached.size > MAX_STATEMENTS) {
      const [oldest] = cached.keys();
      if (oldest !== undefined) cached.delete(oldest);
    }
    return statement;
  };
  return { db, get };
}

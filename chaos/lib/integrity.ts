import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** What SQLite itself says of the database in a data folder: `ok`, or what is wrong. The server may be running. */
export function checkIntegrity(dataDir: string): string {
  const file = join(dataDir, 'parley.db');
  if (!existsSync(file)) return `there is no ${file}`;
  const db = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
  try {
    const rows = db.prepare('PRAGMA integrity_check').all() as { readonly integrity_check: string }[];
    return rows.map(({ integrity_check: line }) => line).join('; ');
  } finally {
    db.close();
  }
}

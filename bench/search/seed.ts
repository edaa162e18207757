import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { SearchDocument } from '@parley/contracts';
import { createSqliteIndex } from '../../plugins/search-sqlite/src/server/sqlite-index.ts';
import type { SqliteIndex } from '../../plugins/search-sqlite/src/server/sqlite-index.ts';
import { createRandom, createText } from './corpus.ts';

/** Raised when what is seeded changes, so that an older folder is not taken for it. */
const SEED = 1;
const BATCH = 1_000;
const START_MS = Date.UTC(2026, 0, 1);

/** The person with `count` messages. */
export const ownerOf = (count: number): string => `owner-${count}`;

/** The index of the product over a file. */
export const openIndex = (folder: string): SqliteIndex =>
  createSqliteIndex({
    file: join(folder, 'search.db'),
    busyTimeoutMs: 5_000,
    searchTimeoutMs: 60_000,
    onDamage: (aside) => {
      throw new Error(`the seeded index was put aside as ${aside}`);
    },
  });

/** FTS5 by itself: a table of texts, as its manual has it. */
export function openRaw(folder: string, count: number): DatabaseSync {
  const db = new DatabaseSync(join(folder, `raw-${count}.db`));
  db.exec(`PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA cache_size=-32000; PRAGMA mmap_size=268435456;
    CREATE VIRTUAL TABLE IF NOT EXISTS messages USING fts5(text, tokenize = 'unicode61', prefix = '1 2 3')`);
  return db;
}

async function seedOwner(folder: string, index: SqliteIndex, count: number): Promise<void> {
  const random = createRandom(count);
  const raw = openRaw(folder, count);
  const insert = raw.prepare('INSERT INTO messages (text) VALUES (?)');
  for (let first = 0; first < count; first += BATCH) {
    const documents = Array.from({ length: Math.min(BATCH, count - first) }, (_, offset): SearchDocument => {
      const place = first + offset;
      return {
        collection: 'conversations.message',
        id: `${count}-${place}`,
        rev: 1,
        tenantId: 'default',
        ownerId: ownerOf(count),
        parentId: `${count}-${Math.floor(place / 20)}`,
        at: new Date(START_MS + place * 1_000).toISOString(),
        text: { text: createText(random) },
        tags: { role: place % 2 === 0 ? 'user' : 'assistant' },
      };
    });
    raw.exec('BEGIN');
    for (const { text } of documents) insert.run(text['text'] ?? '');
    raw.exec('COMMIT');
    await index.put(documents);
  }
  raw.close();
}

/** A folder with an index over owners of so many messages each, and a plain table for each of them; kept in the temporary folder. */
export async function seedSearch(counts: readonly number[]): Promise<string> {
  const folder = join(tmpdir(), `parley-bench-search-${SEED}-${counts.join('-')}`);
  if (existsSync(folder)) return folder;
  const started = performance.now();
  const making = `${folder}.partial-${process.pid}`;
  mkdirSync(making);
  const index = openIndex(making);
  for (const count of counts) await seedOwner(making, index, count);
  await index.close();
  renameSync(making, folder);
  console.log(`seeded ${folder} in ${Math.round((performance.now() - started) / 1_000)} s`);
  return folder;
}

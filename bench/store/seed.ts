import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPrincipal } from '@parley/contracts';
import type { RecordBatch, StoredRecord } from '@parley/contracts';
import { createSqliteDriver } from '../../plugins/storage-sqlite/src/server/sqlite-driver.ts';

/** Raised when what is seeded changes, so that an older folder is not taken for it. */
const SEED = 2;
const BATCH = 500;
const START_MS = Date.UTC(2026, 0, 1);

/** What the store benchmark works on: an owner for each number of conversations, a conversation for each number of messages. */
export interface StoreSize {
  readonly conversations: readonly number[];
  readonly messages: readonly number[];
}

/** The person with `count` conversations. */
export const ownerOf = (count: number) => createPrincipal({ kind: 'user', id: idOf(1, count) });
/** The conversation with `count` messages; it is the one with that many of the last owner. */
export const conversationOf = (count: number): string => idOf(2, count);
/** The message at `place` of that conversation. */
export const messageOf = (count: number, place: number): string => idOf(count, place);

/** An id in the form of a UUIDv7, the same each time. */
export function idOf(kind: number, count: number): string {
  const tail = count.toString(16).padStart(12, '0');
  return `${kind.toString(16).padStart(8, '0')}-0000-7000-8000-${tail}`;
}

const at = (second: number): string => new Date(START_MS + second * 1_000).toISOString();
const base = (id: string, ownerId: string, second: number): StoredRecord => ({
  id,
  tenantId: 'default',
  ownerId,
  createdAt: at(second),
  updatedAt: at(second),
  rev: 1,
});

function* conversations({ conversations: sizes, messages }: StoreSize): Generator<StoredRecord> {
  const last = sizes.at(-1) ?? 0;
  const row = (id: string, ownerId: string, count: number, extra: object) => ({
    ...base(id, ownerId, count),
    title: `Conversation number ${count} about the weather of tomorrow`,
    pinned: false,
    archived: count % 10 === 9,
    model: 'demo/demo-small',
    lastMessageAt: at(count),
    messageCount: 0,
    ...extra,
  });
  // The ids of one collection come in their order, as backups have them.
  for (const count of messages) {
    const extra = { messageCount: count, leafId: messageOf(count, count - 1) };
    yield row(conversationOf(count), ownerOf(last).id, count, extra);
  }
  for (const size of sizes)
    for (let count = 0; count < size; count += 1) yield row(idOf(16 + size, count), ownerOf(size).id, count, {});
}

function* messages({ conversations: sizes, messages: counts }: StoreSize): Generator<StoredRecord> {
  const { id: ownerId } = ownerOf(sizes.at(-1) ?? 0);
  for (const count of counts) {
    for (let place = 0; place < count; place += 1) {
      yield {
        ...base(messageOf(count, place), ownerId, place),
        conversationId: conversationOf(count),
        ...(place === 0 ? {} : { parentId: messageOf(count, place - 1) }),
        role: place % 2 === 0 ? 'user' : 'assistant',
        parts: [
          {
            id: 'text-1',
            type: 'text',
            text: `${'What will the weather be like tomorrow, and why? '.repeat(8)}${place}`,
          },
        ],
        state: 'complete',
        place,
      };
    }
  }
}

/** All records of a size, as a driver takes them. */
export async function* batches(size: StoreSize): AsyncGenerator<RecordBatch> {
  for (const [collection, records] of [
    ['conversations.conversation', conversations(size)],
    ['conversations.message', messages(size)],
  ] as const) {
    let batch: StoredRecord[] = [];
    for (const record of records) {
      batch.push(record);
      if (batch.length < BATCH) continue;
      yield { collection, version: 1, scope: 'user', records: batch };
      batch = [];
    }
    if (batch.length > 0) yield { collection, version: 1, scope: 'user', records: batch };
  }
}

/** A folder with a seeded `parley.db`, made once and kept in the temporary folder. */
export async function seedStore(size: StoreSize): Promise<string> {
  const name = `parley-bench-store-${SEED}-${[...size.conversations, 0, ...size.messages].join('-')}`;
  const folder = join(tmpdir(), name);
  if (existsSync(folder)) return folder;
  const started = performance.now();
  const making = `${folder}.partial-${process.pid}`;
  mkdirSync(making);
  const file = join(making, 'parley.db');
  const driver = createSqliteDriver({ file, busyTimeoutMs: 5_000, transactionTimeoutMs: 60_000 });
  await driver.restore(batches(size));
  await driver.close();
  renameSync(making, folder);
  console.log(`seeded ${folder} in ${Math.round((performance.now() - started) / 1_000)} s`);
  return folder;
}

/** A copy of a seeded folder that may be written to; delete it with `remove`. */
export function copySeed(folder: string): { readonly folder: string; readonly remove: () => void } {
  const copy = join(tmpdir(), `parley-bench-${process.pid}-${Math.random().toString(36).slice(2)}`);
  mkdirSync(copy);
  copyFileSync(join(folder, 'parley.db'), join(copy, 'parley.db'));
  return { folder: copy, remove: () => rmSync(copy, { recursive: true, force: true }) };
}

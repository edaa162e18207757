import { randomUUID } from 'node:crypto';
import type { mongo } from 'mongoose';
import type { Database, JournalEntry } from './database.ts';
import type { StoredChange } from './documents.ts';
import { OWN } from './names.ts';

/** What is known of a batch until all of it is made. */
export interface Journal {
  /**
   * Keeps the whole batch; from then on it is made, whatever happens to this process. Resolves with its end, to be called
   * when all changes are in place.
   */
  begin(changes: readonly StoredChange[], options: mongo.BulkWriteOptions): Promise<() => Promise<void>>;
  /** Makes what was begun and not ended. */
  recover(): Promise<void>;
}

const PART_BYTES = 14_000_000;
const PART_CHANGES = 1_000;

function* toParts(
  changes: readonly StoredChange[],
  sizeOf: (document: object) => number,
): Generator<readonly StoredChange[]> {
  let part: StoredChange[] = [];
  let bytes = 0;
  for (const change of changes) {
    const size = change.document === undefined ? 100 : sizeOf(change.document);
    if (part.length > 0 && (bytes + size > PART_BYTES || part.length >= PART_CHANGES)) {
      yield part;
      part = [];
      bytes = 0;
    }
    part.push(change);
    bytes += size;
  }
  yield part;
}

/** Changes by collection. */
export function byCollection(changes: readonly StoredChange[]): Map<string, StoredChange[]> {
  const groups = new Map<string, StoredChange[]>();
  for (const change of changes) groups.set(change.name, [...(groups.get(change.name) ?? []), change]);
  return groups;
}

/** Makes `changes` whatever part of them is made already. Unique values go first, so that their order does not matter. */
async function redo(database: Database, changes: readonly StoredChange[]): Promise<void> {
  for (const [name, group] of byCollection(changes)) {
    const collection = database.records(name);
    for (const { id } of group) await collection.updateOne({ _id: id }, { $unset: { [`${OWN}.unique`]: 1 } });
    for (const { id, document } of group) if (document === undefined) await collection.deleteOne({ _id: id });
    for (const { id, document } of group) {
      if (document !== undefined) await collection.replaceOne({ _id: id }, document, { upsert: true });
    }
  }
}

/** The journal of batches, on servers without transactions. */
export function createJournal(database: Database, sizeOf: (document: object) => number): Journal {
  const { journal } = database;

  const remove = async (ids: readonly string[]): Promise<void> => {
    for (const id of ids) await journal.deleteOne({ _id: id });
  };

  async function finish(last: JournalEntry, all: readonly JournalEntry[]): Promise<void> {
    const parts = all.filter(({ _id }) => _id.startsWith(`${last._id}:`));
    await redo(
      database,
      [...parts, last].flatMap(({ changes }) => changes),
    );
    await remove([last._id, ...parts.map(({ _id }) => _id)]);
  }

  return {
    async begin(changes, options) {
      const batch = randomUUID();
      const parts = [...toParts(changes, sizeOf)];
      const last = parts.pop() ?? [];
      const ids: string[] = [];
      for (const [index, part] of parts.entries()) {
        ids.push(`${batch}:${index}`);
        await journal.insertOne({ _id: `${batch}:${index}`, changes: part }, options);
      }
      await journal.insertOne({ _id: batch, parts: parts.length, changes: last }, options);
      return () => remove([batch, ...ids]);
    },
    async recover() {
      const all = await journal.find().sort({ _id: 1 }).toArray();
      for (const entry of all) if (entry.parts !== undefined) await finish(entry, all);
      // Parts without the last one belong to a batch that was never made.
      await remove(all.map(({ _id }) => _id));
    },
  };
}

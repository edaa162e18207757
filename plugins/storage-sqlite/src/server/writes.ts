import { storageErrors, toStored } from '@parley/contracts';
import type { StoredRecord, Write } from '@parley/contracts';
import { getRecord } from './records.ts';
import type { RecordsSeen } from './records-seen.ts';
import { toStorageError } from './sqlite-errors.ts';
import type { Statements } from './statements.ts';
import type { TableLayout } from './table-layout.ts';

/** Where writes go, and what the transaction around them has read. */
interface Target {
  readonly statements: Statements;
  readonly seen: RecordsSeen | undefined;
}

function insert({ statements }: Target, layout: TableLayout, record: StoredRecord): StoredRecord {
  const kept = toStored(record, layout.entity);
  statements.get(layout.insertSql).run(...layout.insertValues(kept, JSON.stringify(kept)));
  return kept;
}

/** The record a write means. @throws STORAGE_NOT_FOUND, STORAGE_CONFLICT */
function current(
  { statements, seen }: Target,
  layout: TableLayout,
  write: Exclude<Write, { kind: 'insert' }>,
): StoredRecord {
  const { id, rev } = write;
  const record = getRecord(statements, layout, id, write.where, seen);
  seen?.forget(id);
  if (record === undefined) throw storageErrors.NOT_FOUND({ entity: layout.entity, id });
  if (rev !== undefined && rev !== record.rev) throw storageErrors.CONFLICT({ entity: layout.entity, id });
  return record;
}

function update(target: Target, layout: TableLayout, write: Extract<Write, { kind: 'update' }>): StoredRecord {
  const old = current(target, layout, write);
  const next = toStored({ ...old, ...write.patch, id: old.id, rev: old.rev + 1 }, layout.entity);
  const { text, values } = layout.update(next, JSON.stringify(next), old);
  target.statements.get(text).run(...values);
  return next;
}

function remove(target: Target, layout: TableLayout, write: Extract<Write, { kind: 'delete' }>): undefined {
  current(target, layout, write);
  target.statements.get(`DELETE FROM ${layout.quoted} WHERE id = ?`).run(write.id);
}

function apply(target: Target, layout: TableLayout, write: Write): StoredRecord | undefined {
  try {
    if (write.kind === 'insert') return insert(target, layout, write.record);
    return write.kind === 'update' ? update(target, layout, write) : remove(target, layout, write);
  } catch (error) {
    throw toStorageError(error, layout.collection.name);
  }
}

const FRAMES = {
  transaction: ['BEGIN IMMEDIATE', 'COMMIT', 'ROLLBACK'],
  savepoint: ['SAVEPOINT batch', 'RELEASE batch', 'ROLLBACK TO batch; RELEASE batch'],
} as const;

/**
 * All writes or none, without a pause in which another could come between.
 * @throws what `StorageSession.write` throws
 */
export function applyWrites(
  statements: Statements,
  findLayout: (collection: string) => TableLayout,
  writes: readonly Write[],
  seen?: RecordsSeen,
): readonly (StoredRecord | undefined)[] {
  const [first] = writes;
  if (first === undefined) return [];
  const target = { statements, seen };
  let layout = findLayout(first.collection);
  // One write is one changing statement, which SQLite itself does wholly or not at all.
  if (writes.length === 1) return [apply(target, layout, first)];
  const { db } = statements;
  const [begin, commit, rollback] = FRAMES[db.isTransaction ? 'savepoint' : 'transaction'];
  try {
    statements.get(begin).run();
    const results = writes.map((write) => {
      if (write.collection !== layout.collection.name) layout = findLayout(write.collection);
      return apply(target, layout, write);
    });
    statements.get(commit).run();
    return results;
  } catch (error) {
    // SQLite may have rolled back by itself, for one when the disk is full.
    if (db.isTransaction) db.exec(rollback);
    throw toStorageError(error, layout.collection.name);
  }
}

import { storageErrors, toStored } from '@parley/contracts';
import type { StoredRecord, Write } from '@parley/contracts';
import { getRecord } from './records.ts';
import { toStorageError } from './sqlite-errors.ts';
import type { Statements } from './statements.ts';
import type { TableLayout } from './table-layout.ts';

function insert(statements: Statements, layout: TableLayout, record: StoredRecord): StoredRecord {
  const kept = toStored(record, layout.entity);
  statements.get(layout.insertSql).run(...layout.insertValues(kept, JSON.stringify(kept)));
  return kept;
}

/** The record a write means. @throws STORAGE_NOT_FOUND, STORAGE_CONFLICT */
function current(statements: Statements, layout: TableLayout, write: Exclude<Write, { kind: 'insert' }>): StoredRecord {
  const { id, rev } = write;
  const record = getRecord(statements, layout, id, write.where);
  if (record === undefined) throw storageErrors.NOT_FOUND({ entity: layout.entity, id });
  if (rev !== undefined && rev !== record.rev) throw storageErrors.CONFLICT({ entity: layout.entity, id });
  return record;
}

function update(statements: Statements, layout: TableLayout, write: Extract<Write, { kind: 'update' }>): StoredRecord {
  const old = current(statements, layout, write);
  const next = toStored({ ...old, ...write.patch, id: old.id, rev: old.rev + 1 }, layout.entity);
  const { text, values } = layout.update(next, JSON.stringify(next), old);
  statements.get(text).run(...values);
  return next;
}

function remove(statements: Statements, layout: TableLayout, write: Extract<Write, { kind: 'delete' }>): undefined {
  current(statements, layout, write);
  statements.get(`DELETE FROM ${layout.quoted} WHERE id = ?`).run(write.id);
}

function apply(statements: Statements, layout: TableLayout, write: Write): StoredRecord | undefined {
  try {
    if (write.kind === 'insert') return insert(statements, layout, write.record);
    return write.kind === 'update' ? update(statements, layout, write) : remove(statements, layout, write);
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
): readonly (StoredRecord | undefined)[] {
  const [first] = writes;
  if (first === undefined) return [];
  let layout = findLayout(first.collection);
  // One write is one changing statement, which SQLite itself does wholly or not at all.
  if (writes.length === 1) return [apply(statements, layout, first)];
  const { db } = statements;
  const [begin, commit, rollback] = FRAMES[db.isTransaction ? 'savepoint' : 'transaction'];
  try {
    statements.get(begin).run();
    const results = writes.map((write) => {
      if (write.collection !== layout.collection.name) layout = findLayout(write.collection);
      return apply(statements, layout, write);
    });
    statements.get(commit).run();
    return results;
  } catch (error) {
    // SQLite may have rolled back by itself, for one when the disk is full.
    if (db.isTransaction) db.exec(rollback);
    throw toStorageError(error, layout.collection.name);
  }
}

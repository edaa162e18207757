import { checkId } from '@parley/contracts';
import type { StoredRecord, Where } from '@parley/contracts';
import type { RecordsSeen } from './records-seen.ts';
import type { RunStatement } from './run-statement.ts';
import type { Statements } from './statements.ts';
import type { TableLayout } from './table-layout.ts';
import { compileWhere } from './where.ts';

/** A record out of its `doc`. */
export const parseDoc = (doc: string): StoredRecord => JSON.parse(doc) as StoredRecord;

function readDoc(statements: Statements, layout: TableLayout, id: string, where: Where<StoredRecord>) {
  const filter = compileWhere(layout, where);
  const row = statements
    .get(`SELECT doc FROM ${layout.quoted} WHERE id = ? AND ${filter.text}`)
    .get(checkId(id, layout.entity), ...filter.values) as unknown as [string] | undefined;
  return row?.[0];
}

/** One record by id, when `where` holds; with `seen`, as the transaction has read it already. */
export function getRecord(
  statements: Statements,
  layout: TableLayout,
  id: string,
  where: Where<StoredRecord>,
  seen?: RecordsSeen,
): StoredRecord | undefined {
  const known = seen?.find(layout, id, where);
  if (known !== undefined) return parseDoc(known);
  const doc = readDoc(statements, layout, id, where);
  if (doc === undefined) return undefined;
  seen?.add(layout, id, where, doc);
  return parseDoc(doc);
}

/** How many records match. @throws STORAGE_INVALID */
export async function countRecords(
  layout: TableLayout,
  where: Where<StoredRecord>,
  run: RunStatement,
): Promise<number> {
  const filter = compileWhere(layout, where);
  const found = run(`SELECT count(*) FROM ${layout.quoted} WHERE ${filter.text}`, filter.values, 'any');
  const [row] = found instanceof Promise ? await found : found;
  return row?.[0] as number;
}

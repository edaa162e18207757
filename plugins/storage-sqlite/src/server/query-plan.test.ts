import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Collection, Query, StoredRecord } from '@parley/contracts';
import { createCatalog } from './catalog.ts';
import { openWriter } from './connections.ts';
import { findPage } from './page.ts';
import { prepareTable } from './prepare.ts';
import { createQueryPlans } from './query-plans.ts';
import type { QueryPlans } from './query-plans.ts';
import { runOn } from './reads.ts';
import type { Statements } from './statements.ts';
import { createTableLayout } from './table-layout.ts';

const collection: Collection = {
  name: 'test.conversation',
  scope: 'user',
  version: 1,
  indexes: [
    { fields: ['archived', 'lastMessageAt'], unique: false },
    { fields: ['removedAt'], unique: false },
    { fields: ['ownerId', 'parentId', 'place'], unique: true },
  ],
};
const layout = createTableLayout(collection);
let folder: string;
let writer: Statements;
let plans: QueryPlans;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parley-plan-'));
  writer = openWriter(join(folder, 'parley.db'), 1_000);
  createCatalog(writer);
  await prepareTable(writer, layout, async () => undefined);
  // Large enough that what is not short is long.
  writer.db.exec('CREATE TABLE large (x); INSERT INTO large VALUES (zeroblob(4000000))');
  plans = createQueryPlans(writer);
});
afterEach(() => {
  writer.db.close();
  rmSync(folder, { recursive: true });
});

/** How SQLite runs the statements of one page, and whether each counts as short in a large database. */
async function plansOf(query: Query<StoredRecord>): Promise<readonly string[]> {
  const found: string[] = [];
  await findPage(layout, query, (sql, values, reach) => {
    const rows = writer.db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as unknown as (readonly unknown[])[];
    found.push(...rows.map((row) => String(row[3])), plans.isShort(sql, reach) ? 'short' : 'long');
    return runOn(() => writer)(sql, values, reach);
  });
  return found;
}

const owned = { tenantId: 'tenant', ownerId: 'owner' };
const newest = { where: { ...owned, archived: false }, sort: [['lastMessageAt', 'desc']], limit: 50 } as const;

it("reads a page of one owner's records in the order of an index", async () => {
  expect(await plansOf(newest)).toEqual([
    'SEARCH test.conversation USING INDEX index:test.conversation:f_owner_id,f_archived,f_last_message_at,id (f_owner_id=? AND f_archived=?)',
    'short',
  ]);
});

it('goes straight to where the page before ended', async () => {
  for (const id of ['a', 'b', 'c']) {
    const record = { id, ...owned, createdAt: '', updatedAt: '', rev: 1, archived: false, lastMessageAt: id };
    writer.get(layout.insertSql).run(...layout.insertValues(record, JSON.stringify(record)));
  }
  const { next = '' } = await findPage(
    layout,
    { ...newest, limit: 1 },
    runOn(() => writer),
  );
  const [plan] = await plansOf({ ...newest, limit: 1, after: next });
  expect(plan).toContain('(f_owner_id=? AND f_archived=? AND f_last_message_at<?)');
});

it("finds the plugin's own work over all owners by the declared index", async () => {
  const found = await plansOf({
    where: { tenantId: 'tenant', removedAt: { lt: '2026' } },
    sort: [['removedAt', 'asc']],
    limit: 100,
  });
  expect(found.join()).toContain('index:test.conversation:f_removed_at,id');
  expect(found.at(-1)).toBe('short');
});

it.each([
  ['everything, by id', { limit: 10 }, 'short'],
  ['a field without an index', { where: { ...owned, title: 'x' }, limit: 10 }, 'long'],
  ['a list', { where: { ...owned, tags: { has: 'x' } }, limit: 10 }, 'long'],
  ['a sort by a field without an index', { where: owned, sort: [['title', 'asc']], limit: 10 }, 'long'],
  ['a sort that no index gives', { where: owned, sort: [['lastMessageAt', 'desc']], limit: 10 }, 'long'],
  ['a filter that no index has', { where: { tenantId: 'tenant' }, limit: 10 }, 'long'],
  [
    "one owner's records by the index",
    {
      where: owned,
      sort: [
        ['archived', 'asc'],
        ['lastMessageAt', 'asc'],
      ],
      limit: 10,
    },
    'short',
  ],
  ['one record of several', { where: { ...owned, id: { in: ['a', 'b'] } }, limit: 10 }, 'short'],
] as const)('counts a page of %s as short or long', async (_name, query, expected) => {
  expect((await plansOf(query as unknown as Query<StoredRecord>)).at(-1)).toBe(expected);
});

it('reads children in the order of a unique index without sorting them by id', async () => {
  const children = { where: { ...owned, parentId: 'parent' }, limit: 50 } as const;
  for (const direction of ['asc', 'desc'] as const) {
    const found = await plansOf({ ...children, sort: [['place', direction]] });
    const present = found.filter((plan) => plan.includes('f_place>?'));
    expect(present).toHaveLength(1);
    expect(found.at(found.indexOf(present[0] ?? '') + 1) ?? '').not.toContain('TEMP B-TREE');
    expect(found).not.toContain('long');
  }
});

it('gives each record once where some have no place in the unique order', async () => {
  const insert = (id: string, place?: number) => {
    const base = { id, ...owned, createdAt: '', updatedAt: '', rev: 1, parentId: 'parent' };
    const record = place === undefined ? base : { ...base, place };
    writer.get(layout.insertSql).run(...layout.insertValues(record, JSON.stringify(record)));
  };
  for (const id of ['d', 'a']) insert(id);
  for (const [id, place] of [
    ['c', 0],
    ['b', 2],
    ['e', 1],
  ] as const)
    insert(id, place);
  const idsOf = async (direction: 'asc' | 'desc'): Promise<string> => {
    let ids = '';
    for (let after: string | undefined; ; ) {
      const where = { ...owned, parentId: 'parent' };
      const cursor = after === undefined ? {} : { after };
      const page = await findPage(
        layout,
        { where, sort: [['place', direction]], limit: 1, ...cursor },
        runOn(() => writer),
      );
      ids += page.items.map(({ id }) => id).join('');
      if (page.next === undefined) return ids;
      after = page.next;
    }
  };
  expect([await idsOf('asc'), await idsOf('desc')]).toEqual(['adceb', 'becda']);
});

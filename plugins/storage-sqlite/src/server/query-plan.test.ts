import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Collection, Query, StoredRecord } from '@parley/contracts';
import { createCatalog } from './catalog.ts';
import { openWriter } from './connections.ts';
import { findPage } from './page.ts';
import { prepareTable } from './prepare.ts';
import type { Statements } from './statements.ts';
import { createTableLayout } from './table-layout.ts';

const collection: Collection = {
  name: 'test.conversation',
  scope: 'user',
  version: 1,
  indexes: [
    { fields: ['archived', 'lastMessageAt'], unique: false },
    { fields: ['removedAt'], unique: false },
  ],
};
const layout = createTableLayout(collection);
let folder: string;
let writer: Statements;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parley-plan-'));
  writer = openWriter(join(folder, 'parley.db'), 1_000);
  createCatalog(writer);
  await prepareTable(writer, layout);
});
afterEach(() => {
  writer.db.close();
  rmSync(folder, { recursive: true });
});

/** How SQLite runs the statements of one page. */
function plansOf(query: Query<StoredRecord>): readonly string[] {
  const plans: string[] = [];
  const explaining: Statements = {
    db: writer.db,
    get: (sql) => {
      const statement = writer.get(sql);
      const explain = writer.db.prepare(`EXPLAIN QUERY PLAN ${sql}`);
      return Object.assign(Object.create(statement) as typeof statement, {
        all: (...values: string[]) => {
          plans.push(...explain.all(...values).map((row) => String((row as unknown as unknown[])[3])));
          return statement.all(...values);
        },
      });
    },
  };
  findPage(explaining, layout, query);
  return plans;
}

const owned = { tenantId: 'tenant', ownerId: 'owner' };
const newest = { where: { ...owned, archived: false }, sort: [['lastMessageAt', 'desc']], limit: 50 } as const;

it("reads a page of one owner's records in the order of an index", () => {
  expect(plansOf(newest)).toEqual([
    'SEARCH test.conversation USING INDEX index:test.conversation:f_owner_id,f_archived,f_last_message_at,id (f_owner_id=? AND f_archived=?)',
  ]);
});

it('goes straight to where the page before ended', () => {
  for (const id of ['a', 'b', 'c']) {
    const record = { id, ...owned, createdAt: '', updatedAt: '', rev: 1, archived: false, lastMessageAt: id };
    writer.get(layout.insertSql).run(...layout.insertValues(record, JSON.stringify(record)));
  }
  const { next = '' } = findPage(writer, layout, { ...newest, limit: 1 });
  const [plan] = plansOf({ ...newest, limit: 1, after: next });
  expect(plan).toContain('(f_owner_id=? AND f_archived=? AND f_last_message_at<?)');
});

it("finds the plugin's own work over all owners by the declared index", () => {
  const plans = plansOf({ where: { tenantId: 'tenant', removedAt: { lt: '2026' } }, limit: 100 });
  expect(plans.join()).toContain('index:test.conversation:f_removed_at,id');
});

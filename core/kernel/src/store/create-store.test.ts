import { describe, expect, it } from '@jest/globals';
import { anonymous, createPrincipal, defineEntity, isAppError, newId } from '@parley/contracts';
import type { EntityScope, Principal, Store, StoreOf } from '@parley/contracts';
import * as z from 'zod';
import { user } from '../fixtures/calls.ts';
import { createMemoryDriver } from '../fixtures/memory-driver.ts';
import { createStore } from './create-store.ts';

const Schema = z.object({ text: z.string().min(1), tag: z.string().optional(), level: z.number().default(0) });
type Fields = z.output<typeof Schema>;
const system = createPrincipal({ kind: 'system', id: 'notes' });
const NOW = '2026-01-02T03:04:05.000Z';

function createTest(scope: EntityScope = 'user') {
  const memory = createMemoryDriver();
  const entity = defineEntity({ name: 'note', schema: Schema, version: 1, scope });
  const clock = { nowMs: Date.parse(NOW) };
  const storeOf = (principal: Principal) =>
    createStore({
      session: () => memory.driver,
      collection: 'notes.note',
      entity,
      principal,
      clock: { now: () => clock.nowMs },
    }) as unknown as Store<Fields>;
  return { ...memory, storeOf, clock };
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'no error',
    (error: unknown) => (isAppError(error) ? `${error.code}: ${error.message}` : String(error)),
  );

describe('inserting', () => {
  it('adds id, tenant, owner, times and rev', async () => {
    const { storeOf } = createTest();
    const record = await storeOf(user('ann')).insert({ text: 'hello', level: 1 });
    expect(record).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      tenantId: 'default',
      ownerId: 'ann',
      createdAt: NOW,
      updatedAt: NOW,
      rev: 1,
      text: 'hello',
      level: 1,
    });
  });

  it('takes the id that is given', async () => {
    const { storeOf } = createTest();
    const id = newId();
    await expect(storeOf(user('ann')).insert({ id, text: 'x', level: 0 })).resolves.toMatchObject({ id });
  });

  it('names every field that does not fit', async () => {
    const { storeOf } = createTest();
    const bad = { text: '', level: 'high' } as unknown as Fields;
    const error = await codeOf(storeOf(user('ann')).insert(bad));
    expect(error).toMatch(/^STORAGE_INVALID: note does not fit its schema: text: .*; level: /);
  });

  it('refuses a field that is not in the schema instead of losing it', async () => {
    const { storeOf } = createTest();
    const more = { text: 'x', level: 0, colour: 'red' };
    await expect(codeOf(storeOf(user('ann')).insert(more))).resolves.toContain('colour');
  });

  it('lets nobody insert for somebody else', async () => {
    const { storeOf } = createTest();
    const forBob = { text: 'x', level: 0, ownerId: 'bob' };
    await expect(codeOf(storeOf(user('ann')).insert(forBob))).resolves.toMatch(/^STORAGE_INVALID: .*ownerId/);
  });

  it('makes a system principal name the owner', async () => {
    const { storeOf } = createTest();
    await expect(codeOf(storeOf(system).insert({ text: 'x', level: 0 }))).resolves.toContain('must name the owner');
    await expect(storeOf(system).insert({ text: 'x', level: 0, ownerId: 'bob' })).resolves.toMatchObject({
      ownerId: 'bob',
    });
  });

  it('writes many records in one write, or none', async () => {
    const { storeOf, writes, records } = createTest();
    await storeOf(user('ann')).insertMany([
      { text: 'a', level: 0 },
      { text: 'b', level: 0 },
    ]);
    await codeOf(
      storeOf(user('ann')).insertMany([
        { text: 'c', level: 0 },
        { text: '', level: 0 },
      ]),
    );
    expect(writes.map((all) => all.length)).toEqual([2]);
    expect(records.size).toBe(2);
  });

  it('asks the driver nothing for no records', async () => {
    const { storeOf, writes } = createTest();
    await expect(storeOf(user('ann')).insertMany([])).resolves.toEqual([]);
    expect(writes).toEqual([]);
  });
});

describe('whose records a principal reaches', () => {
  it('are never those of another user', async () => {
    const { storeOf } = createTest();
    const { id } = await storeOf(user('ann')).insert({ text: 'secret', level: 0 });
    const bob = storeOf(user('bob'));
    await expect(bob.find(id)).resolves.toBeUndefined();
    await expect(codeOf(bob.get(id))).resolves.toBe(`STORAGE_NOT_FOUND: There is no note ${id}`);
    await expect(bob.list({ limit: 10 })).resolves.toEqual({ items: [] });
    await expect(bob.list({ limit: 10, where: { ownerId: 'ann' } })).resolves.toEqual({ items: [] });
    await expect(bob.count()).resolves.toBe(0);
    await expect(codeOf(bob.update(id, { text: 'mine' }))).resolves.toMatch(/^STORAGE_NOT_FOUND/);
    await expect(codeOf(bob.delete(id))).resolves.toMatch(/^STORAGE_NOT_FOUND/);
  });

  it('are never those of another tenant', async () => {
    const { storeOf } = createTest();
    const { id } = await storeOf(user('ann')).insert({ text: 'x', level: 0 });
    const elsewhere = createPrincipal({ kind: 'user', id: 'ann', tenantId: 'other' });
    const otherSystem = createPrincipal({ kind: 'system', id: 'notes', tenantId: 'other' });
    await expect(storeOf(elsewhere).find(id)).resolves.toBeUndefined();
    await expect(storeOf(otherSystem).find(id)).resolves.toBeUndefined();
  });

  it('are those of every owner for a system principal', async () => {
    const { storeOf } = createTest();
    const { id } = await storeOf(user('ann')).insert({ text: 'x', level: 0 });
    await expect(storeOf(system).get(id)).resolves.toMatchObject({ ownerId: 'ann' });
  });

  it('are shared in the tenant for an entity of that scope, and have no owner', async () => {
    const { storeOf } = createTest('tenant');
    const record = await storeOf(user('ann')).insert({ text: 'x', level: 0 });
    expect(record).not.toHaveProperty('ownerId');
    await expect(storeOf(user('bob')).get(record.id)).resolves.toMatchObject({ text: 'x' });
    await expect(codeOf(storeOf(system).insert({ text: 'x', level: 0, ownerId: 'ann' }))).resolves.toContain(
      'have no owner',
    );
  });

  it('are none for somebody who has not signed in', () => {
    const { storeOf } = createTest('global');
    expect(() => storeOf(anonymous)).toThrow(expect.objectContaining({ code: 'KERNEL_ANONYMOUS_STORE' }));
  });
});

describe('the children of a parent', () => {
  const child = defineEntity({
    name: 'page',
    schema: z.object({ bookId: z.string(), text: z.string() }),
    version: 1,
    scope: 'user',
    parent: 'bookId',
  });
  function createPages() {
    const memory = createMemoryDriver();
    const clock = { now: () => Date.parse(NOW) };
    const of = (principal: Principal) =>
      createStore({
        session: () => memory.driver,
        collection: 'b.page',
        entity: child,
        principal,
        clock,
      }) as unknown as Store<{ bookId: string; text: string }> & Pick<StoreOf<typeof child>, 'within'>;
    return { ...memory, of };
  }

  it('are reached through it, and through no other', async () => {
    const { of } = createPages();
    const ann = of(user('ann'));
    const { id } = await ann.within('one').insert({ text: 'a' });
    await expect(ann.within('one').get(id)).resolves.toMatchObject({ bookId: 'one', text: 'a' });
    const other = ann.within('two');
    await expect(other.find(id)).resolves.toBeUndefined();
    await expect(other.count()).resolves.toBe(0);
    await expect(other.list({ limit: 1 })).resolves.toEqual({ items: [] });
    await expect(codeOf(other.update(id, { text: 'b' }))).resolves.toMatch(/^STORAGE_NOT_FOUND/);
    await expect(codeOf(other.delete(id))).resolves.toMatch(/^STORAGE_NOT_FOUND/);
    await expect(of(user('bob')).within('one').find(id)).resolves.toBeUndefined();
  });

  it('are refused by id alone to anybody but the system', async () => {
    const { of } = createPages();
    const ann = of(user('ann'));
    const { id } = await ann.within('one').insert({ text: 'a' });
    const byId = [ann.get(id), ann.find(id), ann.update(id, { text: 'b' }), ann.delete(id)];
    for (const work of byId) await expect(codeOf(work)).resolves.toMatch(/^KERNEL_PARENT_NEEDED: A page belongs/);
    await expect(of(system).get(id)).resolves.toMatchObject({ text: 'a' });
  });

  it('stay with it', async () => {
    const { of } = createPages();
    const one = of(user('ann')).within('one');
    const { id } = await one.insert({ text: 'a' });
    await expect(codeOf(one.update(id, { bookId: 'two' }))).resolves.toContain('stays with its parent');
    await expect(codeOf(one.insert({ bookId: 'two', text: 'b' }))).resolves.toContain('bookId: expected one');
    await expect(one.insertMany([{ bookId: 'one', text: 'b' }])).resolves.toHaveLength(1);
  });
});

describe('updating', () => {
  it('sets the given fields and the time, and nothing else', async () => {
    const { storeOf, writes, clock } = createTest();
    const store = storeOf(user('ann'));
    const { id } = await store.insert({ text: 'old', tag: 'a', level: 4 });
    clock.nowMs += 1_000;
    const updated = await store.update(id, { text: 'new', tag: undefined }, 1);
    expect(writes.at(-1)?.[0]).toMatchObject({
      kind: 'update',
      rev: 1,
      patch: { text: 'new', tag: undefined, updatedAt: '2026-01-02T03:04:06.000Z' },
    });
    expect(updated).toMatchObject({ text: 'new', level: 4, rev: 2 });
  });

  it.each([
    [{ text: '' }, 'text: '],
    [{ text: undefined }, 'text: '],
    [{ rev: 7 }, 'rev: this is not a field'],
    [{ ownerId: 'bob' }, 'ownerId: this is not a field'],
  ])('refuses %j', async (patch, reason) => {
    const { storeOf } = createTest();
    const store = storeOf(user('ann'));
    const { id } = await store.insert({ text: 'x', level: 0 });
    await expect(codeOf(store.update(id, patch as Partial<Fields>))).resolves.toContain(reason);
  });
});

describe('listing', () => {
  it.each([0, 1001, 1.5])('refuses a limit of %d', async (limit) => {
    const { storeOf } = createTest();
    await expect(codeOf(storeOf(user('ann')).list({ limit }))).resolves.toMatch(/^STORAGE_INVALID: .*from 1 to 1000/);
  });

  it('joins the wanted filter to the owner', async () => {
    const { storeOf } = createTest();
    const ann = storeOf(user('ann'));
    await ann.insertMany([
      { text: 'a', level: 0 },
      { text: 'b', level: 0 },
    ]);
    const page = await ann.list({ limit: 10, where: { text: 'b' } });
    expect(page.items.map(({ text }) => text)).toEqual(['b']);
    await expect(ann.count({ text: 'a' })).resolves.toBe(1);
  });
});

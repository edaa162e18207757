import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anonymous, createPrincipal, isAppError, newId } from '@parley/contracts';
import type { AnyEntity, Principal, StoreOf } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import type { AnyPlugin, PluginContext } from '@parley/kernel';
import storageSqlite from '@parley/plugin-storage-sqlite/server';
import { startTestHost } from '@parley/testing';
import type { TestHost } from '@parley/testing';
import { SHIPPED } from '../composition/shipped.ts';
import { sampleOf } from '../fixtures/sample-of.ts';

type Fields = Readonly<Record<string, unknown>>;
/** Every method there is, also of those whom the types keep from some. */
type AnyStore = ReturnType<StoreOf<AnyEntity>['within']> & Pick<StoreOf<AnyEntity>, 'within'>;
type Outcome = string;

const plugins: readonly AnyPlugin[] = (await Promise.all(Object.values(SHIPPED).map((load) => load()))).map(
  (door) => door.default,
);
const cases = plugins.flatMap(({ id, entities = [] }) =>
  entities.map((entity) => ({ name: `${id}.${entity.name}`, pluginId: id, entity })),
);

const owner = createPrincipal({ kind: 'user', id: 'owner' });
const system = createPrincipal({ kind: 'system', id: 'any' });
const PRINCIPALS: readonly { readonly who: string; readonly principal: Principal }[] = [
  { who: 'the owner', principal: owner },
  { who: 'another user of the tenant', principal: createPrincipal({ kind: 'user', id: 'other' }) },
  { who: 'an administrator of the tenant', principal: createPrincipal({ kind: 'user', id: 'a', roles: ['admin'] }) },
  { who: 'a user of another tenant', principal: createPrincipal({ kind: 'user', id: 'owner', tenantId: 'elsewhere' }) },
  { who: 'an API key of somebody else', principal: createPrincipal({ kind: 'api-key', id: 'key' }) },
  { who: 'the system of the tenant', principal: system },
  {
    who: 'the system of another tenant',
    principal: createPrincipal({ kind: 'system', id: 'any', tenantId: 'elsewhere' }),
  },
  { who: 'nobody', principal: anonymous },
];
const CELLS = PRINCIPALS.flatMap((each) => (['store', 'transaction'] as const).map((way) => ({ ...each, way })));

/** Stands in for a plugin: its records, and none of its code. */
const contexts = new Map<string, PluginContext<unknown>>();
const standIn = ({ id, entities = [] }: AnyPlugin): AnyPlugin =>
  definePlugin({
    id,
    version: '1.0.0',
    kernel: '^1.0.0',
    entities,
    setup: (ctx) => void contexts.set(id, ctx as never),
  });

let host: TestHost;
beforeAll(async () => {
  const keepers = plugins.filter(({ entities = [] }) => entities.length > 0);
  host = await startTestHost({ plugins: [storageSqlite, ...keepers.map(standIn)] });
});
afterAll(() => host.stop());

/** What came of a call, with `id` and `parentId` taken out: what was found, or why not. */
async function outcomeOf(work: () => Promise<unknown>, id: string, parentId: string): Promise<Outcome> {
  try {
    const value = await work();
    return value === undefined ? 'nothing' : JSON.stringify(value).includes(id) ? 'the record' : JSON.stringify(value);
  } catch (error) {
    if (!isAppError(error)) throw error;
    return `${error.code}: ${error.message.replaceAll(id, '<id>').replaceAll(parentId, '<parent>')}`;
  }
}

interface Cell {
  readonly entity: AnyEntity;
  readonly pluginId: string;
  readonly principal: Principal;
  readonly way: 'store' | 'transaction';
}

/** Runs `work` with the store of a cell. Making the store is part of what may be refused. */
async function withStore<T>(
  { entity, pluginId, principal, way }: Cell,
  work: (store: AnyStore) => Promise<T>,
): Promise<T> {
  const ctx = contexts.get(pluginId) as PluginContext<unknown>;
  if (way === 'store') return await work(ctx.store(entity, principal) as unknown as AnyStore);
  return await ctx.transaction((tx) => work(tx.store(entity, principal) as unknown as AnyStore));
}

const ownerOf = ({ scope }: AnyEntity) => (scope === 'user' ? { ownerId: owner.id } : {});
const parentOf = ({ parent }: AnyEntity, record: Fields) => (parent === undefined ? '' : String(record[parent]));

/** A record of `owner`, made by the system. */
async function plant(cell: Cell, fields: Fields): Promise<{ readonly id: string }> {
  const planted = { ...fields, ...ownerOf(cell.entity) };
  return await withStore({ ...cell, principal: system, way: 'store' }, (store) => store.insert(planted as never));
}

const READS = { get: 'the record', find: 'the record', list: 'the record', count: '1' };
const WRITES = ['update', 'delete'] as const;

/** Tries each method that reaches a record of `owner` under `id`, through the parent where `place` says so. */
async function tryAll(cell: Cell, id: string, fields: Fields, place: 'plain' | 'parent' | 'other parent') {
  const parentId = place === 'parent' ? parentOf(cell.entity, fields) : newId();
  const at = (store: AnyStore) => (place === 'plain' ? store : (store.within(parentId) as unknown as AnyStore));
  const attempt = (work: (store: AnyStore) => Promise<unknown>) =>
    outcomeOf(() => withStore(cell, (store) => work(at(store))), id, parentId);
  const outcomes: Record<string, Outcome> = {
    get: await attempt((store) => store.get(id)),
    find: await attempt((store) => store.find(id)),
    list: await attempt((store) => store.list({ where: { id }, limit: 10 })),
    count: await attempt((store) => store.count({ id })),
    update: await attempt((store) => store.update(id, {})),
  };
  outcomes['delete'] = await attempt((store) => store.delete(id));
  return outcomes;
}

/** What the rules say of a record that is there. */
function expected({ entity, principal }: Cell, place: 'plain' | 'parent' | 'other parent', exists: boolean) {
  const { name, parent } = entity;
  const all = (outcome: (method: string) => Outcome) =>
    Object.fromEntries([...Object.keys(READS), ...WRITES].map((method) => [method, outcome(method)]));
  if (principal.kind === 'anonymous')
    return all(() => `KERNEL_ANONYMOUS_STORE: Records of ${name} need somebody who has signed in`);
  const isOfTenant = principal.tenantId === owner.tenantId;
  const isOwn = principal.kind === 'system' || principal.id === owner.id;
  const isReached = entity.scope === 'global' || (isOfTenant && (entity.scope === 'tenant' || isOwn));
  const isThere = exists && isReached && place !== 'other parent';
  const missing = `STORAGE_NOT_FOUND: There is no ${name} <id>`;
  const found: Record<string, Outcome> = isThere
    ? { ...READS, update: 'the record', delete: 'nothing' }
    : { get: missing, find: 'nothing', list: '{"items":[]}', count: '0', update: missing, delete: missing };
  if (parent === undefined || place !== 'plain' || principal.kind === 'system') return found;
  const { list = '', count = '' } = found;
  const refused = all(
    (method) =>
      `KERNEL_PARENT_NEEDED: A ${name} belongs to its ${parent}: use store.within(${parent}).${method}(...), since an id alone says nothing of whose child it is`,
  );
  return { ...refused, list, count };
}

describe.each(cases)('records of $name', ({ entity, pluginId }) => {
  const places = entity.parent === undefined ? (['plain'] as const) : (['plain', 'parent', 'other parent'] as const);

  it.each(CELLS)('as $who reaches them through a $way', async ({ principal, way }) => {
    const cell = { entity, pluginId, principal, way };
    for (const place of places) {
      const fields = sampleOf(entity.schema);
      const { id } = await plant(cell, fields);
      expect([place, await tryAll(cell, id, fields, place)]).toEqual([place, expected(cell, place, true)]);
    }
  });

  it.each(CELLS)('that are missing, as $who sees it through a $way', async ({ principal, way }) => {
    const cell = { entity, pluginId, principal, way };
    for (const place of places) {
      const outcomes = await tryAll(cell, newId(), sampleOf(entity.schema), place);
      expect([place, outcomes]).toEqual([place, expected(cell, place, false)]);
    }
  });

  it.each(CELLS)('as $who makes them through a $way', async ({ principal, way }) => {
    const cell = { entity, pluginId, principal, way };
    const insert = (method: 'insert' | 'insertMany', named: Fields) =>
      outcomeOf(
        () =>
          withStore(cell, async (store) => {
            const record = { ...sampleOf(entity.schema), ...named };
            const [made] =
              method === 'insert' ? [await store.insert(record as never)] : await store.insertMany([record as never]);
            const { tenantId, ownerId } = made as { tenantId: string; ownerId?: string };
            return `of ${tenantId} ${ownerId ?? 'nobody'}`;
          }),
        'no id',
        'no parent',
      ).then((text) => text.replace(/STORAGE_INVALID.*/, 'refused').replace(/KERNEL_ANONYMOUS_STORE.*/, 'refused'));
    const { kind, id, tenantId } = principal;
    const isOwned = entity.scope === 'user';
    const own = isOwned ? (kind === 'system' ? 'refused' : `"of ${tenantId} ${id}"`) : `"of ${tenantId} nobody"`;
    const forOwner = isOwned && (kind === 'system' || id === owner.id) ? `"of ${tenantId} owner"` : 'refused';
    const rule = kind === 'anonymous' ? { own: 'refused', forOwner: 'refused' } : { own, forOwner };
    for (const method of ['insert', 'insertMany'] as const) {
      expect([
        method,
        { own: await insert(method, {}), forOwner: await insert(method, { ownerId: owner.id }) },
      ]).toEqual([method, rule]);
    }
  });
});

it('covers every entity of every plugin that ships', () => {
  const declared = plugins.flatMap(({ id, entities = [] }) => entities.map(({ name }) => `${id}.${name}`));
  expect(cases.map(({ name }) => name)).toEqual(declared);
  expect(declared).toEqual(expect.arrayContaining(['conversations.message', 'chat.run', 'auth-local.password']));
});

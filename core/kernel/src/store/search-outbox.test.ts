import { describe, expect, it } from '@jest/globals';
import { defineEntity, isAppError, searchIndex, searchSource } from '@parley/contracts';
import type { SearchIndex, SearchSource } from '@parley/contracts';
import * as z from 'zod';
import { definePlugin } from '../define-plugin.ts';
import { user } from '../fixtures/calls.ts';
import { createMemoryDriver, createMemoryPlugin } from '../fixtures/memory-driver.ts';
import { startTestKernel } from '../fixtures/start-kernel.ts';
import type { PluginContext } from '../plugin-context.ts';

const base = { version: '1.0.0', kernel: '^1.0.0' } as const;
const Letter = defineEntity({
  name: 'letter',
  schema: z.object({ text: z.string(), isRead: z.boolean().default(false), boxId: z.string().default('in') }),
  version: 1,
  scope: 'user',
  parent: 'boxId',
  search: {
    fields: ['text', 'boxId'],
    text: ({ text }) => ({ text }),
    tags: ({ boxId }) => ({ box: boxId }),
  },
});
const Stamp = defineEntity({ name: 'stamp', schema: z.object({ text: z.string() }), version: 1, scope: 'user' });
const OUTBOX = 'kernel.search-outbox/';

/** A kernel with one plugin that keeps letters, with an index or without. */
async function startLetters({ hasIndex = true, memory = createMemoryDriver() } = {}) {
  let ctx: PluginContext<undefined> | undefined;
  let source: SearchSource | undefined;
  const letters = definePlugin({
    ...base,
    id: 'letters',
    entities: [Letter, Stamp],
    requires: { source: searchSource },
    setup(context, deps) {
      ctx = context;
      source = deps.source;
    },
  });
  const index = definePlugin({
    ...base,
    id: 'index',
    provides: [searchIndex],
    setup: (context) => context.provide(searchIndex, {} as SearchIndex, { title: 'Nothing' }),
  });
  const { kernel } = await startTestKernel([letters, createMemoryPlugin(memory.driver), ...(hasIndex ? [index] : [])]);
  if (ctx === undefined || source === undefined) throw new Error('The plugin was not set up');
  const notes = () => [...memory.records].filter(([key]) => key.startsWith(OUTBOX)).map(([, record]) => record);
  return { kernel, ctx, source, notes, ...memory };
}

describe('a write of a record that is searched', () => {
  it('is noted in the same batch', async () => {
    const { ctx, writes } = await startLetters();
    const { id } = await ctx.store(Letter, user('ann')).insert({ text: 'hello', isRead: false, boxId: 'in' });
    expect(writes.at(-1)).toMatchObject([
      { kind: 'insert', collection: 'letters.letter' },
      { kind: 'insert', collection: 'kernel.search-outbox', record: { collection: 'letters.letter', recordId: id } },
    ]);
  });

  it('gives back what was written and nothing of the note', async () => {
    const { ctx } = await startLetters();
    const records = ['a', 'b'].map((text) => ({ text, isRead: false, boxId: 'in' }));
    const written = await ctx.store(Letter, user('ann')).insertMany(records);
    expect(written.map(({ text }) => text)).toEqual(['a', 'b']);
  });

  it('is noted once for an insert, an update of what is searched, and a delete', async () => {
    const { ctx, notes } = await startLetters();
    const store = ctx.store(Letter, user('ann')).within('in');
    const { id } = await store.insert({ text: 'hello', isRead: false, boxId: 'in' });
    await store.update(id, { isRead: true });
    expect(notes()).toHaveLength(1);
    await store.update(id, { text: 'hello again' });
    await store.delete(id);
    expect(notes().map(({ recordId }) => recordId)).toEqual([id, id, id]);
  });

  it('is not noted when there is nothing to be found, or nothing is searched', async () => {
    const { ctx, notes } = await startLetters();
    await ctx.store(Letter, user('ann')).insert({ text: ' ', isRead: false, boxId: 'in' });
    await ctx.store(Stamp, user('ann')).insert({ text: 'hello' });
    expect(notes()).toEqual([]);
  });

  it('is noted in the transaction it belongs to, and forgotten with it', async () => {
    const { ctx, notes } = await startLetters();
    const work = ctx.transaction(async (tx) => {
      await tx.store(Letter, user('ann')).insert({ text: 'hello', isRead: false, boxId: 'in' });
      expect(notes()).toHaveLength(1);
      throw new Error('it all goes back');
    });
    await expect(work).rejects.toThrow('it all goes back');
    expect(notes()).toEqual([]);
  });

  it('tells who listens, until that is undone', async () => {
    const { ctx, source } = await startLetters();
    let rings = 0;
    const undo = source.onChange(() => {
      rings += 1;
    });
    const store = ctx.store(Letter, user('ann')).within('in');
    await store.insert({ text: 'hello', isRead: false, boxId: 'in' });
    undo();
    await store.insert({ text: 'hello', isRead: false, boxId: 'in' });
    expect(rings).toBe(1);
  });
});

describe('without an index', () => {
  it('one note stands for all that is written', async () => {
    const { ctx, notes } = await startLetters({ hasIndex: false });
    await ctx.store(Letter, user('ann')).insert({ text: 'hello', isRead: false, boxId: 'in' });
    expect(notes()).toHaveLength(1);
    expect(notes()[0]).toMatchObject({ id: 'gap:letters.letter', collection: 'letters.letter' });
    expect(notes()[0]).not.toHaveProperty('recordId');
  });

  it('a second start adds none', async () => {
    const memory = createMemoryDriver();
    await startLetters({ hasIndex: false, memory });
    const { notes } = await startLetters({ hasIndex: false, memory });
    expect(notes()).toHaveLength(1);
  });
});

describe('the source of a search index', () => {
  it('names what can be searched', async () => {
    const { source } = await startLetters();
    expect(source.kinds()).toEqual([{ collection: 'letters.letter', fingerprint: '1/1:text,boxId' }]);
  });

  it('tells changes and forgets them, also twice', async () => {
    const { ctx, source } = await startLetters();
    const { id } = await ctx.store(Letter, user('ann')).insert({ text: 'hello', isRead: false, boxId: 'in' });
    const changes = await source.changes(10);
    expect(changes).toMatchObject([{ collection: 'letters.letter', recordId: id }]);
    await source.settle([...changes.map((change) => change.id), 'gone before']);
    await source.settle(changes.map((change) => change.id));
    await expect(source.changes(10)).resolves.toEqual([]);
  });

  it('gives records as documents, in pages', async () => {
    const { ctx, source } = await startLetters();
    const record = await ctx.store(Letter, user('ann')).insert({ text: 'hello', isRead: false, boxId: 'out' });
    await ctx.store(Letter, user('bob')).insert({ text: '', isRead: false, boxId: 'out' });
    const { documents, read } = await source.page('letters.letter', { limit: 10 });
    expect(read).toBe(2);
    expect(documents).toEqual([
      {
        collection: 'letters.letter',
        id: record.id,
        rev: 1,
        tenantId: record.tenantId,
        ownerId: 'ann',
        parentId: 'out',
        at: record.createdAt,
        text: { text: 'hello' },
        tags: { box: 'out' },
      },
    ]);
  });

  it('refuses a collection that nobody keeps', async () => {
    const { source } = await startLetters();
    const error = await source.documents('no.such', ['a'], user('ann')).catch((thrown: unknown) => thrown);
    expect(isAppError(error, 'KERNEL_UNKNOWN_COLLECTION')).toBe(true);
  });
});

import assert from 'node:assert/strict';
import type { KitCase } from '../kit.ts';
import { findIds, pageThrough, toDocument, toQuery } from './subject.ts';
import type { SearchSubject } from './subject.ts';

const day = (number: number): string => `2026-01-${String(number).padStart(2, '0')}T12:00:00.000Z`;
const days = Array.from({ length: 23 }, (_, index) => index + 1);

/** Filters, order and pages. */
export const pageCases: readonly KitCase<SearchSubject>[] = [
  {
    name: 'finds within one collection, one parent, some tags, and all of them together',
    run: async ({ index }) => {
      const [p, q] = [{ parentId: 'p' }, { parentId: 'q' }];
      await index.put([
        toDocument('a', 'apples', { ...p, tags: { role: 'user', state: 'done' } }),
        toDocument('b', 'apples', { ...p, tags: { role: 'assistant', state: 'done' } }),
        toDocument('c', 'apples', { ...q, tags: { role: 'user' } }),
        toDocument('d', 'apples', { ...p, collection: 'kit.note' }),
      ]);
      assert.deepEqual(await findIds(index, 'apples', p), ['a', 'b', 'd']);
      assert.deepEqual(await findIds(index, 'apples', { collection: 'kit.note' }), ['d']);
      assert.deepEqual(await findIds(index, 'apples', { tags: { role: 'user' } }), ['a', 'c']);
      assert.deepEqual(await findIds(index, 'apples', { tags: { role: 'user', state: 'done' } }), ['a']);
      assert.deepEqual(await findIds(index, 'apples', { ...p, tags: { role: 'user' } }), ['a']);
      assert.deepEqual(await findIds(index, 'apples', { parentId: 'missing' }), []);
    },
  },
  {
    name: 'finds from one moment on, and before another one',
    run: async ({ index }) => {
      await index.put([1, 2, 3, 4].map((number) => toDocument(`d${number}`, 'apples', { at: day(number) })));
      assert.deepEqual(await findIds(index, 'apples', { from: day(2) }), ['d2', 'd3', 'd4']);
      assert.deepEqual(await findIds(index, 'apples', { to: day(3) }), ['d1', 'd2']);
      assert.deepEqual(await findIds(index, 'apples', { from: day(2), to: day(4) }), ['d2', 'd3']);
      assert.deepEqual(await findIds(index, 'apples', { from: day(3), to: day(3) }), []);
      assert.deepEqual(await findIds(index, 'apples', { from: day(4), to: day(2) }), []);
    },
  },
  {
    name: 'sorts by moment, the latest first, whatever the order of putting',
    run: async ({ index }) => {
      for (const number of [3, 1, 4, 2]) await index.put([toDocument(`d${number}`, 'apples', { at: day(number) })]);
      assert.deepEqual(await pageThrough(index, toQuery('apples')), ['d4', 'd3', 'd2', 'd1']);
    },
  },
  {
    name: 'puts first what speaks most of the words, and an older document never before a better one for its age',
    run: async ({ index }) => {
      await index.put([
        toDocument('once', `apples ${'and something else of all kinds '.repeat(20)}`, { at: day(9) }),
        toDocument('often', 'apples, apples and apples again', { at: day(1) }),
      ]);
      const [first] = (await index.search(toQuery('apples', { sort: 'best' }))).hits;
      assert.equal(first?.id, 'often');
    },
  },
  {
    name: 'brings every hit once over all pages, in both orders',
    timeoutMs: 30_000,
    run: async ({ index }) => {
      await index.put(
        days.map((number) => toDocument(`d${number}`, `apples ${'pear '.repeat(number % 5)}`, { at: day(number) })),
      );
      const expected = days.map((number) => `d${number}`);
      const newest = await pageThrough(index, toQuery('apples', { limit: 4 }));
      assert.deepEqual(newest, expected.toReversed());
      for (const limit of [1, 5, 23, 24]) {
        const best = await pageThrough(index, toQuery('apples', { limit, sort: 'best' }));
        assert.deepEqual(best.toSorted(), expected.toSorted(), `in pages of ${limit}`);
      }
    },
  },
  {
    name: 'pages through documents of one moment',
    run: async ({ index }) => {
      await index.put(days.map((number) => toDocument(`d${number}`, 'apples')));
      for (const sort of ['best', 'newest'] as const) {
        const ids = await pageThrough(index, toQuery('apples', { limit: 4, sort }));
        assert.deepEqual(ids.toSorted(), days.map((number) => `d${number}`).toSorted());
      }
    },
  },
  {
    name: 'neither skips nor repeats while documents come and go between the pages',
    fault: 'reorder',
    run: async ({ index }) => {
      await index.put(days.map((number) => toDocument(`d${number}`, 'apples', { at: day(number) })));
      let count = 0;
      const ids = await pageThrough(index, toQuery('apples', { limit: 4 }), async () => {
        count += 1;
        await index.put([toDocument(`late${count}`, 'apples', { at: `2026-02-0${count}T00:00:00.000Z` })]);
        await index.remove('kit.message', [`d${24 - count}`]);
      });
      assert.deepEqual(ids, days.map((number) => `d${number}`).toReversed());
    },
  },
  {
    name: 'has no next page when all hits fit on one',
    run: async ({ index }) => {
      await index.put([toDocument('a', 'apples'), toDocument('b', 'apples')]);
      for (const sort of ['best', 'newest'] as const) {
        const page = await index.search(toQuery('apples', { limit: 2, sort }));
        assert.deepEqual([page.hits.length, page.next], [2, undefined]);
      }
    },
  },
];

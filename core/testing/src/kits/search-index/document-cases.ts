import assert from 'node:assert/strict';
import type { KitCase } from '../kit.ts';
import { skip } from '../kit.ts';
import { ANN, findIds, toDocument, toQuery } from './subject.ts';
import type { SearchSubject } from './subject.ts';

const MEGABYTE = 1_024 * 1_024;
const MANY = 10_000;
const BATCH = 500;

/** Adding, replacing, forgetting. */
export const documentCases: readonly KitCase<SearchSubject>[] = [
  {
    name: 'finds a document in each of its fields, and by words of two fields together',
    run: async ({ index }) => {
      await index.put([toDocument('a', '', { text: { title: 'Harvest plan', text: 'apples and pears' } })]);
      assert.deepEqual(await findIds(index, 'harvest'), ['a']);
      assert.deepEqual(await findIds(index, 'pears'), ['a']);
      assert.deepEqual(await findIds(index, 'harvest pears'), ['a']);
    },
  },
  {
    name: 'gives a hit as the document was put',
    run: async ({ index }) => {
      const at = '2026-02-03T04:05:06.789Z';
      await index.put([toDocument('a', 'harvest', { parentId: 'p', at }), toDocument('b', 'pears')]);
      const [a] = (await index.search(toQuery('harvest'))).hits;
      assert.deepEqual([a?.collection, a?.id, a?.parentId, a?.at], ['kit.message', 'a', 'p', at]);
      const [b] = (await index.search(toQuery('pears'))).hits;
      assert.deepEqual([b?.id, b?.parentId, typeof b?.score], ['b', undefined, 'number']);
    },
  },
  {
    name: 'replaces a document: the new text is found and the old one is not',
    run: async ({ index }) => {
      await index.put([toDocument('a', 'apples')]);
      await index.put([toDocument('a', 'pears', { rev: 2, at: '2026-05-01T00:00:00.000Z' })]);
      assert.deepEqual(await findIds(index, 'apples'), []);
      assert.deepEqual(await findIds(index, 'pears'), ['a']);
      assert.equal((await index.statistics()).documents, 1);
    },
  },
  {
    name: 'never replaces a newer rev by an older one, in one batch or in two',
    fault: 'reorder',
    run: async ({ index }) => {
      await index.put([toDocument('a', 'newest', { rev: 10 })]);
      await index.put([toDocument('a', 'older', { rev: 9 })]);
      await index.put([toDocument('b', 'newest', { rev: 3 }), toDocument('b', 'older', { rev: 2 })]);
      await index.put([toDocument('c', 'older', { rev: 2 }), toDocument('c', 'newest', { rev: 3 })]);
      assert.deepEqual(await findIds(index, 'newest'), ['a', 'b', 'c']);
      assert.deepEqual(await findIds(index, 'older'), []);
    },
  },
  {
    name: 'keeps one of a document that is put many times, also at once',
    fault: 'duplicate',
    run: async ({ index }) => {
      await Promise.all(Array.from({ length: 10 }, () => index.put([toDocument('a', 'apples')])));
      assert.deepEqual(await findIds(index, 'apples'), ['a']);
      assert.equal((await index.statistics()).documents, 1);
    },
  },
  {
    name: 'keeps documents of one id in two collections apart',
    run: async ({ index }) => {
      await index.put([toDocument('a', 'apples'), toDocument('a', 'pears', { collection: 'kit.note' })]);
      assert.equal((await index.statistics()).documents, 2);
      await index.remove('kit.note', ['a']);
      assert.deepEqual(await findIds(index, 'apples'), ['a']);
      assert.deepEqual(await findIds(index, 'pears'), []);
    },
  },
  {
    name: 'forgets removed documents, and knows missing ones without an error',
    fault: 'duplicate',
    run: async ({ index }) => {
      await index.put([toDocument('a', 'apples'), toDocument('b', 'apples')]);
      await index.remove('kit.message', ['a', 'missing']);
      await index.remove('kit.message', ['a']);
      await index.remove('kit.message', []);
      assert.deepEqual(await findIds(index, 'apples'), ['b']);
    },
  },
  {
    name: 'takes a document again that was removed',
    run: async ({ index }) => {
      await index.put([toDocument('a', 'apples', { rev: 5 })]);
      await index.remove('kit.message', ['a']);
      await index.put([toDocument('a', 'apples', { rev: 1 })]);
      assert.deepEqual(await findIds(index, 'apples'), ['a']);
    },
  },
  {
    name: 'forgets all of an owner, in every collection, and nobody else',
    run: async ({ index }) => {
      await index.put([
        toDocument('a', 'apples'),
        toDocument('b', 'apples', { collection: 'kit.note' }),
        toDocument('c', 'apples', { ownerId: 'anna' }),
        toDocument('d', 'apples', { tenantId: 'tenant-b' }),
      ]);
      await index.removeOwner(ANN.tenantId, ANN.ownerId);
      await index.removeOwner(ANN.tenantId, 'nobody');
      assert.deepEqual(await findIds(index, 'apples'), []);
      assert.deepEqual(await findIds(index, 'apples', { ownerId: 'anna' }), ['c']);
      assert.deepEqual(await findIds(index, 'apples', { tenantId: 'tenant-b' }), ['d']);
    },
  },
  {
    name: 'forgets everything when cleared, and goes on',
    run: async ({ index }) => {
      await index.put([toDocument('a', 'apples')]);
      await index.clear();
      assert.deepEqual(await findIds(index, 'apples'), []);
      assert.equal((await index.statistics()).documents, 0);
      await index.put([toDocument('b', 'apples')]);
      assert.deepEqual(await findIds(index, 'apples'), ['b']);
    },
  },
  {
    name: 'names its incarnation: the same while it is used, another one once it was cleared',
    run: async ({ index }) => {
      const { incarnation } = await index.statistics();
      await index.put([toDocument('a', 'apples')]);
      await index.remove('kit.message', ['a']);
      assert.equal((await index.statistics()).incarnation, incarnation);
      await index.clear();
      assert.notEqual((await index.statistics()).incarnation, incarnation);
    },
  },
  {
    name: 'has everything after its process ended and started again',
    run: async ({ index, reopen }) => {
      if (reopen === undefined) skip('it has no memory of its own');
      await index.put([toDocument('a', 'apples')]);
      const before = await index.statistics();
      const next = await reopen();
      assert.deepEqual(await findIds(next, 'apples'), ['a']);
      assert.equal((await next.statistics()).incarnation, before.incarnation);
    },
  },
  {
    name: 'takes an empty batch and documents without a word',
    run: async ({ index }) => {
      await index.put([]);
      await index.put([toDocument('a', ''), toDocument('b', '?!'), toDocument('c', '', { text: {} })]);
      assert.equal((await index.statistics()).documents, 3);
    },
  },
  {
    name: `keeps and finds among ${MANY} documents`,
    fault: 'huge',
    timeoutMs: 180_000,
    run: async ({ index }) => {
      for (let from = 0; from < MANY; from += BATCH) {
        const numbers = Array.from({ length: BATCH }, (_, offset) => from + offset);
        await index.put(
          numbers.map((number) =>
            toDocument(`d${number}`, `common word${number} every${number % 1_000}`, {
              at: new Date(1_700_000_000_000 + number * 1_000).toISOString(),
            }),
          ),
        );
      }
      assert.equal((await index.statistics()).documents, MANY);
      assert.deepEqual(await findIds(index, '"word4321"'), ['d4321']);
      assert.equal((await index.search(toQuery('"every7"'))).hits.length, 10);
      const newest = await index.search(toQuery('common', { limit: 3 }));
      assert.deepEqual(
        Array.from(newest.hits, ({ id }) => id),
        ['d9999', 'd9998', 'd9997'],
      );
      const best = await index.search(toQuery('common', { limit: 3, sort: 'best' }));
      assert.equal(best.hits.length, 3);
    },
  },
  {
    name: 'finds the last word of a text of 1 MB, with a short snippet',
    fault: 'huge',
    timeoutMs: 60_000,
    run: async ({ index }) => {
      const text = `${'filler words here '.repeat(MEGABYTE / 18)} needle`;
      await index.put([toDocument('a', text)]);
      const { hits } = await index.search(toQuery('needle'));
      const length = hits[0]?.snippet.reduce((sum, piece) => sum + piece.text.length, 0) ?? 0;
      assert.ok(length > 0 && length < 2_000, `a snippet of ${length} characters`);
    },
  },
];

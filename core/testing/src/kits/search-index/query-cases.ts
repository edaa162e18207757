import assert from 'node:assert/strict';
import { searchErrors } from '@parley/contracts';
import { expectCode } from '../expect-code.ts';
import type { KitCase } from '../kit.ts';
import { expectFound, findIds, toDocument, toQuery } from './subject.ts';
import type { SearchSubject } from './subject.ts';

const { INVALID } = searchErrors;

/** What people paste, type by accident or try. */
const STRANGE_TEXTS = [
  '"',
  '"apples',
  'apples"',
  '""',
  '"" ""',
  "'",
  "apples' OR 1=1 --",
  'apples OR pears',
  'apples AND',
  'NOT apples',
  'NEAR(apples pears, 2)',
  'apples NEAR pears',
  '*',
  'app*',
  '*pples',
  '^apples',
  'text:apples',
  'terms : apples',
  '{text} : apples',
  '-{text}: apples',
  '(apples',
  'apples)',
  '((((((((((',
  '-',
  '--',
  '-"',
  '- apples',
  '+apples',
  'apples + pears',
  'a\u0000b',
  '\u0000',
  '\\',
  'apples\\',
  '\ud800',
  '\udc00apples',
  '\u202eapples',
  '\ufeff',
  '%',
  '_',
  '?',
  '${apples}',
  '{{apples}}',
  '<b>apples</b>',
  '__proto__',
  '🍎',
  '👩‍👩‍👧',
  'apples;',
  'DROP TABLE documents',
];

/** What the text of a query means. */
export const queryCases: readonly KitCase<SearchSubject>[] = [
  {
    name: 'finds documents that have all words, in any order',
    run: async ({ index }) =>
      expectFound(
        index,
        [toDocument('a', 'apples and pears'), toDocument('b', 'apples'), toDocument('c', 'Pears, then apples!')],
        { 'apples pears': ['a', 'c'], 'apples plums': [] },
      ),
  },
  {
    name: 'makes no difference between upper and lower case',
    run: async ({ index }) =>
      expectFound(index, [toDocument('a', 'ÄPFEL Birnen')], { äpfel: ['a'], 'BIRNEN ÄPFEL': ['a'] }),
  },
  {
    name: 'finds by the beginning of the last word only',
    run: async ({ index }) =>
      expectFound(index, [toDocument('a', 'international harvest')], {
        i: ['a'],
        inter: ['a'],
        'harvest inter': ['a'],
        'inter harvest': [],
        national: [],
      }),
  },
  {
    name: 'takes words in quotes as one phrase',
    run: async ({ index }) =>
      expectFound(index, [toDocument('a', 'the red house burns'), toDocument('b', 'the house is red')], {
        '"red house"': ['a'],
        '"house red"': [],
        'burns "red house"': ['a'],
        '"red hou"': [],
        '"RED, house"': ['a'],
      }),
  },
  {
    name: 'leaves out documents with a word or phrase after a minus',
    run: async ({ index }) =>
      expectFound(index, [toDocument('a', 'red house'), toDocument('b', 'red garden'), toDocument('c', 'garden red')], {
        'red -house': ['b', 'c'],
        'red -"red garden"': ['a', 'c'],
        'red -nothing': ['a', 'b', 'c'],
      }),
  },
  {
    name: 'takes a hyphen inside of a word as part of the text',
    run: async ({ index }) =>
      expectFound(index, [toDocument('a', 'a well-known place'), toDocument('b', 'a well place')], {
        'well-known': ['a'],
      }),
  },
  {
    name: 'finds numbers, versions, addresses and words of code',
    run: async ({ index }) =>
      expectFound(
        index,
        [toDocument('a', 'Error 4711 in v2.31.0: see https://example.org/Path?x=1, call fooBar_baz()')],
        {
          '4711': ['a'],
          '"v2.31.0"': ['a'],
          'example.org': ['a'],
          '"foobar_baz"': ['a'],
        },
      ),
  },
  {
    name: 'finds nothing without a word to look for',
    run: async ({ index }) =>
      expectFound(index, [toDocument('a', 'apples')], {
        '': [],
        ' ': [],
        '\n\t': [],
        '?!…': [],
        '-apples': [],
        '""': [],
      }),
  },
  {
    name: 'takes whatever is typed for text: no error, no other meaning, nothing of anybody else',
    timeoutMs: 60_000,
    run: async ({ index }) => {
      await index.put([toDocument('a', 'apples and pears'), toDocument('b', 'apples', { ownerId: 'bob' })]);
      for (const text of STRANGE_TEXTS) {
        for (const sort of ['best', 'newest'] as const) {
          const { hits } = await index.search(toQuery(text, { sort }));
          assert.ok(
            hits.every(({ id }) => id === 'a'),
            JSON.stringify(text),
          );
        }
      }
      assert.deepEqual(await findIds(index, 'apples'), ['a'], 'and the index is as before');
    },
  },
  {
    name: 'answers a query of 100 kB',
    fault: 'huge',
    timeoutMs: 30_000,
    run: async ({ index }) => {
      await index.put([toDocument('a', 'apples and pears')]);
      for (const text of ['x'.repeat(100_000), 'apples '.repeat(15_000), '"'.repeat(100_000), '-a '.repeat(33_000)])
        await index.search(toQuery(text));
      for (const text of ['北'.repeat(33_000), 'word '.repeat(20_000).replace(/ /g, () => `${Math.random()} `)])
        await index.search(toQuery(text));
    },
  },
  {
    name: 'refuses with SEARCH_INVALID a limit, a moment and an `after` that are none',
    run: async ({ index }) => {
      for (const limit of [0, -1, 101, 1.5, Number.NaN])
        await expectCode(INVALID.code, index.search(toQuery('apples', { limit })));
      for (const after of ['', 'nonsense', '{}', '"'])
        await expectCode(INVALID.code, index.search(toQuery('apples', { after })));
      await expectCode(INVALID.code, index.search(toQuery('apples', { from: 'yesterday' })));
      await expectCode(INVALID.code, index.search(toQuery('apples', { to: '" OR 1=1' })));
    },
  },
  {
    name: 'ends with the reason of the signal when it is aborted, and goes on',
    fault: 'abort',
    run: async ({ index }) => {
      await index.put([toDocument('a', 'apples')]);
      const reason = new Error('nobody waits any more');
      const isReason = (error: unknown) => error === reason;
      await assert.rejects(index.search(toQuery('apples'), { signal: AbortSignal.abort(reason) }), isReason);
      const controller = new AbortController();
      const answer = index.search(toQuery('apples'), { signal: controller.signal });
      controller.abort(reason);
      await assert.rejects(answer, isReason);
      assert.deepEqual(await findIds(index, 'apples'), ['a']);
    },
  },
  {
    name: 'answers many searches at once',
    fault: 'reorder',
    timeoutMs: 30_000,
    run: async ({ index }) => {
      await index.put(Array.from({ length: 20 }, (_, number) => toDocument(`d${number}`, `word${number}x`)));
      const numbers = Array.from({ length: 100 }, (_, number) => number % 20);
      const found = await Promise.all(numbers.map((number) => findIds(index, `word${number}x`)));
      assert.deepEqual(
        found,
        numbers.map((number) => [`d${number}`]),
      );
    },
  },
];

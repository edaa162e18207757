import assert from 'node:assert/strict';
import type { SearchHit, SearchIndex } from '@parley/contracts';
import type { KitCase } from '../kit.ts';
import { toDocument, toQuery } from './subject.ts';
import type { SearchSubject } from './subject.ts';

async function hitOf(index: SearchIndex, text: string, query: string): Promise<SearchHit> {
  await index.put([toDocument('a', text)]);
  const [hit] = (await index.search(toQuery(query))).hits;
  assert.ok(hit !== undefined, `the search for ${query} finds it`);
  return hit;
}

const marked = ({ snippet }: SearchHit): string[] =>
  Array.from(snippet, ({ text, isHit }) => (isHit ? [text] : [])).flat();
const whole = ({ snippet }: SearchHit): string => snippet.map(({ text }) => text).join('');

/** What is shown of a hit. */
export const snippetCases: readonly KitCase<SearchSubject>[] = [
  {
    name: 'shows a short text whole, as it was written, with the hits marked',
    run: async ({ index }) => {
      const text = 'Le CAFÉ est fermé; un autre café, non.';
      const hit = await hitOf(index, text, 'cafe');
      assert.equal(whole(hit), text);
      assert.deepEqual(marked(hit), ['CAFÉ', 'café']);
    },
  },
  {
    name: 'shows the passage of a long text that holds the hit',
    run: async ({ index }) => {
      const text = `${'before it '.repeat(500)}the needle is here${' after it'.repeat(500)}`;
      const hit = await hitOf(index, text, 'needle');
      assert.deepEqual(marked(hit), ['needle']);
      const passage = whole(hit).replace(/^…|…$/g, '').trim();
      assert.ok(text.includes(passage), 'a passage as it was written');
      assert.ok(passage.length < 600, `a passage of ${passage.length} characters`);
    },
  },
  {
    name: 'marks what the beginning of a word has found',
    run: async ({ index }) => {
      const hit = await hitOf(index, 'an international harvest', 'inter');
      assert.ok(marked(hit).every((text) => text.startsWith('inter')) && marked(hit).length === 1, marked(hit).join());
    },
  },
  {
    name: 'marks words of languages without spaces',
    run: async ({ index }) => {
      const hit = await hitOf(index, '我们明天去北京大学', '北京');
      assert.ok(marked(hit).join('').includes('北京'), marked(hit).join());
      assert.equal(whole(hit), '我们明天去北京大学');
    },
  },
  {
    name: 'is text and never markup, and takes nothing away that looks like some',
    run: async ({ index }) => {
      const text = '<em>needle</em> & <script>alert(1)</script> {{needle}}';
      const hit = await hitOf(index, text, 'needle');
      assert.equal(whole(hit), text);
      assert.deepEqual(marked(hit), ['needle', 'needle']);
    },
  },
  {
    name: 'cuts no character in two',
    run: async ({ index }) => {
      const hit = await hitOf(index, `${'👩‍👩‍👧🎉'.repeat(300)} needle ${'🎉'.repeat(600)}`, 'needle');
      assert.ok(whole(hit).isWellFormed());
      assert.deepEqual(marked(hit), ['needle']);
    },
  },
];

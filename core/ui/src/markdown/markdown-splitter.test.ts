import { describe, expect, it } from '@jest/globals';
import type { Root } from 'mdast';
import { withDefinitions } from './definitions.ts';
import { MarkdownSplitter } from './markdown-splitter.ts';
import { parseMarkdown } from './parse-markdown.ts';

const CHUNKINGS = 200;
const LONGEST_CHUNK = 25;
const CHUNKS = 24;

const long = Array.from(
  { length: 2 },
  (
    _,
    part,
  ) => `# Part ${part}\n\nA paragraph with **bold**, \`code\` and a [link](https://example.org/${part}).\nA second line.\n
1. one\n2. two\n   - nested\n   - more\n3. three\n\n\`\`\`ts\nconst part = ${part};\n\n// a blank line above\n\`\`\`\n
| a | b |\n|---|---|\n| 1 | ${part} |\n\n> quoted\n> still quoted\n\nFormula $x_${part}$ and\n\n$$\ny = x\n\nz\n$$\n`,
).join('\n');

const corpus: Readonly<Record<string, string>> = {
  'a long answer': long,
  'a loose list':
    '- a\n\n- b\n\n  para\n\n- c\n\ntext after\n\n1. x\n\n   ```js\n   let a\n\n   b\n   ```\n2. y\n\nend',
  'setext headings': 'para one\ncontinues\n===\n\nnext\n---\n\ntail',
  'nested fences': '````md\n```js\ncode\n\n\n```\n````\n\nafter **b**\n\n~~~\nopen\n\nx',
  'a fence beside text': 'text\n```\na\n```\ntext\n\n~~~~ x y\n~~~\n~~~~\nmore',
  'a table': '| a | b |\n|--|--|\n| 1 | 2 |\n\npara\n\n> q\n> \n> q2\n\n> q3',
  html: '<div>\n\n**x**\n\n</div>\n\n<!-- c\n\nc2 -->\n\np',
  'references before their definitions': 'See [a][1] and [b].\n\n[1]: http://x.y\n[b]: http://z.z\n\nend [a][1]',
  'a definition in a quote':
    '[a] here\n\n> [a]: http://first.example\n\nmiddle\n\n[a]: http://second.example\n\n[a] there',
  footnotes: 'Text[^1] here.\n\nmore\n\n[^1]: note body\n\n    second para\n\nend [^1]',
  math: '$$\na\n\nb\n$$\n\ninline $x$ and \\(y\\)\n\n\\[\nz\n\\]\n\n$$\nopen',
  'indented code': 'para\n\n    code\n\n    code2\n\nafter',
  details: '<details>\n<summary>s</summary>\n\ninside **b**\n\n- x\n\n</details>\n\nafter',
  'windows line ends': 'a\r\n\r\n- b\r\n\r\n- c\r\n\r\n```\r\nx\r\n\r\ny\r\n```\r\n\r\nend',
  'right to left': '## عنوان\n\nنص `code` هنا.\n\n- أ\n- ب\n\nنهاية',
  'nothing but blank lines': '\n\n  \n\n',
};

/** A small seeded generator, so that a failure can be seen again. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const withoutPositions = (node: unknown) =>
  JSON.stringify(node, (key, value: unknown) => (key === 'position' ? undefined : value));
const parsed = new Map<string, Root>();
/** Different cuts give mostly the same blocks. */
const parseOnce = (source: string) => {
  const tree = parsed.get(source) ?? parseMarkdown(source);
  parsed.set(source, tree);
  return tree;
};
const ownNodes = (tree: Root, length: number) =>
  tree.children.filter((node) => (node.position?.start.offset ?? 0) < length).map(withoutPositions);
const wholeNodes = (text: string) => parseMarkdown(text).children.map(withoutPositions);

function splitInChunks(text: string, random: () => number, seen?: (splitter: MarkdownSplitter, until: number) => void) {
  const splitter = new MarkdownSplitter();
  const longestChunk = Math.max(LONGEST_CHUNK, (2 * text.length) / CHUNKS);
  for (let until = 0; until < text.length; ) {
    until = Math.min(text.length, until + 1 + Math.floor(random() * longestChunk));
    splitter.update(text.slice(0, until), false);
    seen?.(splitter, until);
  }
  return splitter;
}

describe('MarkdownSplitter', () => {
  for (const [name, text] of Object.entries(corpus)) {
    it(`gives the tree of the whole text for ${name}, however it is cut`, () => {
      const expected = wholeNodes(text);
      const random = createRandom(name.length * 7919);
      for (let round = 0; round < CHUNKINGS; round++) {
        const { blocks, tail, definitions } = splitInChunks(text, random).update(text, true);
        const nodes = blocks.flatMap((block) => ownNodes(parseOnce(withDefinitions(block, definitions)), block.length));
        expect(tail).toBe('');
        expect(nodes).toEqual(expected);
      }
    });
  }

  it('never loses or repeats a character', () => {
    const random = createRandom(42);
    splitInChunks(long, random, (splitter, until) => {
      const { blocks, tail } = splitter.update(long.slice(0, until), false);
      expect(blocks.join('') + tail).toBe(long.slice(0, until));
    });
  });

  it('never changes a block that it has given', () => {
    let before: readonly string[] = [];
    splitInChunks(long, createRandom(7), (splitter, until) => {
      const { blocks } = splitter.update(long.slice(0, until), false);
      expect(blocks.slice(0, before.length)).toEqual(before);
      before = blocks;
    });
  });

  it('keeps the tail short, so that a flush does not parse the whole answer', () => {
    let longestTail = 0;
    splitInChunks(long, createRandom(3), (splitter, until) => {
      longestTail = Math.max(longestTail, splitter.update(long.slice(0, until), false).tail.length);
    });
    expect(longestTail).toBeLessThan(long.length / 2);
  });

  it('gives the same view for the same text', () => {
    const splitter = new MarkdownSplitter();
    const view = splitter.update('a\n\nb', false);
    expect(splitter.update('a\n\nb', false)).toBe(view);
  });

  it('starts over when the text is another one', () => {
    const splitter = new MarkdownSplitter();
    splitter.update('first\n\nsecond\n\nthird', false);
    expect(splitter.update('other', true).blocks).toEqual(['other']);
  });
});

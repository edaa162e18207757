import { describe, expect, it } from '@jest/globals';
import { kits } from './kit.ts';
import { toPieces } from './pieces.ts';
import { pickScript } from './scripts.ts';

for (const kit of kits) kit.test({ describe, it });

describe('pieces', () => {
  it.each(['', ' ', 'one', ' lead', 'trail \n', 'a\n\n```ts\n  code();\n```\n', '👩🏽‍🚀 and 世界', 'x'.repeat(100)])(
    'of %j join to the same text',
    (text) => {
      expect(toPieces(text).join('')).toBe(text);
    },
  );
});

describe('the guide', () => {
  it('answers what it does not know with the tour', () => {
    expect(pickScript('hello there').text).toContain('Welcome to Parley');
  });

  it('has a long answer whose parts are numbered without a gap', () => {
    const numbers = [...pickScript('something long').text.matchAll(/^### Part (\d+)$/gm)].map((match) =>
      Number(match[1]),
    );
    expect(numbers).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
  });
});

import { describe, expect, it } from '@jest/globals';
import { splitForReading, toSpokenText } from './spoken-text.ts';

describe('toSpokenText', () => {
  it.each([
    ['# A title', 'A title'],
    ['Some **bold**, *slanted* and ~~gone~~ words', 'Some bold, slanted and gone words'],
    ['snake_case_name and 2*3*4 stay', 'snake_case_name and 2*3*4 stay'],
    ['See [the page](https://example.org/a_b) or ![a map](/m.png)', 'See the page or a map'],
    ['Use `npm ci` now', 'Use npm ci now'],
    ['Before\n\n```js\nconst a = 1; // **no**\n```\n\nAfter', 'Before\n\nAfter'],
    ['Before\n\n```js\nnever closed', 'Before'],
    ['The sum $$\\sum_i x$$ is here', 'The sum\nis here'],
    ['- one\n- [x] two\n* three', 'one\ntwo\nthree'],
    ['> quoted\n> > twice', 'quoted\ntwice'],
    ['| Name | Age |\n| --- | --- |\n| Ada | 36 |', 'Name, Age\nAda, 36'],
    ['A fact[^1]\n\n---\n\nEnd', 'A fact\n\nEnd'],
    ['5 \\* 3 <b>strong</b>', '5 * 3 strong'],
    ['Grüße 世界 👩🏽‍🚀', 'Grüße 世界 👩🏽‍🚀'],
    ['```\nonly code\n```', ''],
  ])('%j is said as %j', (markdown, spoken) => {
    expect(toSpokenText(markdown)).toBe(spoken);
  });

  it.each([
    '*a ',
    '**a',
    '[x',
    '[[',
    '|-',
    '- ',
    '<a',
    '`',
    '$$ ',
    '~~~\n',
    ' ',
    '\n',
    '---x',
    '> ',
    '_',
    '# ',
    '![](',
    '-',
  ])('is done with 100 000 characters of %j in no time', (odd) => {
    const before = process.cpuUsage();
    toSpokenText(`x${odd.repeat(100_000 / odd.length)}x`);
    expect(process.cpuUsage(before).user).toBeLessThan(2_000_000);
  });
});

describe('splitForReading', () => {
  it('leaves a short text whole', () => {
    expect(splitForReading('Short.', 10)).toEqual(['Short.']);
  });

  it('cuts at paragraphs, then sentences, then words', () => {
    expect(splitForReading('One two.\n\nThree four.', 12)).toEqual(['One two.\n\n', 'Three four.']);
    expect(splitForReading('One two. Three four.', 12)).toEqual(['One two. ', 'Three four.']);
    expect(splitForReading('one two three four', 10)).toEqual(['one two ', 'three four']);
    expect(splitForReading('一二三。四五六。', 5)).toEqual(['一二三。', '四五六。']);
  });

  it('cuts a word that is too long, never a character', () => {
    expect(splitForReading('aaaaaaaaaa', 4)).toEqual(['aaaa', 'aaaa', 'aa']);
    expect(splitForReading('😀😀😀', 3)).toEqual(['😀', '😀', '😀']);
  });

  it('loses nothing', () => {
    const text = 'A sentence, with parts; and more. Another one!\n\nNext paragraph without end '.repeat(40);
    const pieces = splitForReading(text, 97);
    expect(pieces.join('')).toBe(text);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(97);
  });
});

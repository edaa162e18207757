import { describe, expect, it } from '@jest/globals';
import { columns } from './columns.ts';
import { createStyle } from './style.ts';

describe('columns', () => {
  it('stand below each other, colours not counted', () => {
    const { red } = createStyle({ isTTY: true });
    const [first = '', second = ''] = columns([
      ['a', red('long'), 'x'],
      ['bbb', 'c', 'y'],
    ]);
    expect(second).toBe('bbb  c     y');
    expect(first).toBe(`a    ${red('long')}  x`);
  });

  it('leave no blanks at the end', () => {
    expect(
      columns([
        ['a', ''],
        ['bb', 'c'],
      ]),
    ).toEqual(['a', 'bb  c']);
  });
});

describe('style', () => {
  it('is plain where nobody looks', () => {
    expect(createStyle({}).red('x')).toBe('x');
  });
});

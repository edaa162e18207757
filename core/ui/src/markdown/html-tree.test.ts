import { describe, expect, it } from '@jest/globals';
import { type HtmlTree, nestHtml } from './html-tree.ts';

const show = (tree: readonly HtmlTree<string>[]): string =>
  tree
    .map((part) => {
      if (part.kind === 'item') return part.item;
      if (part.kind === 'text') return `"${part.text}"`;
      return `${part.tag}(${show(part.children)})`;
    })
    .join(' ');
const nest = (...items: string[]) => show(nestHtml(items, (item) => (item.startsWith('<') ? item : undefined)));

describe('nestHtml', () => {
  it('makes an element of what stands between its tags', () => {
    expect(nest('H', '<sub>', '2', '</sub>', 'O')).toBe('H sub(2) O');
  });
  it('leaves a tag that it does not allow as text', () => {
    expect(nest('<img src=x onerror=alert(1)>')).toBe('"<img src=x onerror=alert(1)>"');
  });
  it('leaves an allowed tag with attributes as text', () => {
    expect(nest('<kbd onclick="alert(1)">')).toBe('"<kbd onclick="alert(1)">"');
  });
  it('leaves a tag without its partner as text', () => {
    expect(nest('<sub>', 'x')).toBe('"<sub>" x');
    expect(nest('x', '</sub>')).toBe('x "</sub>"');
  });
  it('closes what was forgotten inside', () => {
    expect(nest('<sup>', '<sub>', 'x', '</sup>', 'y')).toBe('sup("<sub>" x) y');
  });
  it('lets details hold what follows while it is open', () => {
    expect(nest('<details><summary>s</summary>', 'inside')).toBe('details(summary("s") inside)');
  });
});

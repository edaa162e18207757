import { describe, expect, it } from '@jest/globals';
import type { Nodes } from 'mdast';
import { parseMarkdown } from './parse-markdown.ts';

/** The tree as one line: `p(text:"a" math:"x")`. */
function show(node: Nodes): string {
  if ('value' in node) return `${node.type}:${JSON.stringify(node.value)}`;
  return 'children' in node ? `${node.type}(${node.children.map(show).join(' ')})` : node.type;
}
const parse = (text: string) => parseMarkdown(text).children.map(show).join(' ');

describe('parseMarkdown', () => {
  it('reads math between round and square brackets', () => {
    expect(parse('a \\(x + \\frac{1}{2}\\) b')).toBe('paragraph(text:"a " inlineMath:"x + \\\\frac{1}{2}" text:" b")');
    expect(parse('\\[\nx\ny\n\\]')).toMatch(/^paragraph\(inlineMath:.*\)$/);
  });
  it('leaves a bracket without its partner as an escaped bracket', () => {
    expect(parse('a \\(x')).toBe('paragraph(text:"a (x")');
    expect(parse('a \\(x\\]')).toBe('paragraph(text:"a (x]")');
  });
  it('makes no math of empty brackets or of an escaped backslash', () => {
    expect(parse('\\(\\)')).toBe('paragraph(text:"()")');
    expect(parse('\\\\(x\\\\)')).toBe('paragraph(text:"\\\\(x\\\\)")');
  });
  it('leaves brackets in code alone', () => {
    expect(parse('`\\(x\\)`')).toBe('paragraph(inlineCode:"\\\\(x\\\\)")');
  });
  it('keeps emphasis marks inside math as they are', () => {
    expect(parse('\\(a_1 * b_1 * c\\)')).toBe('paragraph(inlineMath:"a_1 * b_1 * c")');
  });
});

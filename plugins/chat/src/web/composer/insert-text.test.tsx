import { describe, expect, it } from '@jest/globals';
import { insertAtCursor } from './insert-text.ts';

/** `|` marks the ends of the selection, before and after. */
function insert(marked: string, text: string): string {
  const [before = '', selected = '', after] = marked.split('|');
  const input = document.createElement('textarea');
  input.value = before + (after === undefined ? '' : selected) + (after ?? selected);
  input.setSelectionRange(before.length, before.length + (after === undefined ? 0 : selected.length));
  insertAtCursor(input, text);
  return `${input.value.slice(0, input.selectionStart)}|${input.value.slice(input.selectionEnd)}`;
}

describe('insertAtCursor', () => {
  it.each([
    ['|', 'Hello', 'Hello|'],
    ['Well|', 'hello', 'Well hello|'],
    ['Well |', 'hello', 'Well hello|'],
    ['|there', 'Hello', 'Hello| there'],
    ['a | c', 'b', 'a b| c'],
    ['a |x|c', 'b', 'a b| c'],
    ['line\n|', 'next', 'line\nnext|'],
    ['as it was|', '', 'as it was|'],
  ])('%j with %j becomes %j', (marked, text, expected) => {
    expect(insert(marked, text)).toBe(expected);
  });
});

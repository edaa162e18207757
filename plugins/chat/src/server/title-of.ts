import type { Part } from '@parley/contracts';

const MAX_LENGTH = 60;
const FALLBACK = 'New chat';

const isText = (part: Part): part is Extract<Part, { text: string }> => part.type === 'text' && 'text' in part;

/** A first title for a conversation: the first line of its prompt. Shape: 1..60 characters. */
export function titleOf(parts: readonly Part[]): string {
  const text = parts.find(isText)?.text ?? '';
  const line = text
    .split('\n')
    .map((each) => each.replace(/\s+/gu, ' ').trim())
    .find((each) => each !== '');
  if (line === undefined) return FALLBACK;
  const characters = Array.from(line);
  if (characters.length <= MAX_LENGTH) return line;
  const cut = characters.slice(0, MAX_LENGTH - 1).join('');
  const space = cut.lastIndexOf(' ');
  return `${space > MAX_LENGTH / 2 ? cut.slice(0, space) : cut}…`;
}

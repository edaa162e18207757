import type { SearchQuery } from '@parley/contracts';
import type { ParsedQuery } from '@parley/search-text';
import { encodeWord, factsOf, ownerDigest } from './encode-terms.ts';

/** The server reads ten words of a query. */
const MAX_WORDS = 10;

const toPhrase = (tokens: readonly string[]): string => `"${tokens.map(encodeWord).join(' ')}"`;

/**
 * The words to look for, for a server that knows exact words, rows of words in quotes, and the beginning of the last word.
 * Shape: it finds everything that the query means, and maybe more, where a beginning is not at the end or the words are more
 * than ten; who asks looks each document through.
 */
export function toWords({ wanted, unwanted }: ParsedQuery): string {
  const parts: string[] = [];
  let left = MAX_WORDS;
  const add = (tokens: readonly string[], toPart: (some: readonly string[]) => string): void => {
    const some = tokens.slice(0, left);
    left -= some.length;
    if (some.length > 0) parts.push(toPart(some));
  };
  const prefix = wanted.findLast(({ isPrefix }) => isPrefix)?.tokens.at(-1);
  if (prefix !== undefined) left -= 1;
  for (const { tokens, isPrefix } of wanted) add(isPrefix ? tokens.slice(0, -1) : tokens, toPhrase);
  for (const { tokens, isPrefix } of unwanted)
    if (!isPrefix && tokens.length <= left) add(tokens, (some) => `-${toPhrase(some)}`);
  return [...parts, ...(prefix === undefined ? [] : [encodeWord(prefix)])].join(' ');
}

/** Where a page begins. */
export interface Position {
  readonly atMs: number;
  readonly order: number;
}

/** Whose documents, and which of them; nothing that anybody typed is in it but as a digest or a number. */
export function toFilter(query: SearchQuery, after: Position | undefined): string {
  const { from, to } = query;
  const parts = [
    `owner = "${ownerDigest(query)}"`,
    ...factsOf(query).map((fact) => `facts = "${fact}"`),
    ...(from === undefined ? [] : [`atMs >= ${Date.parse(from)}`]),
    ...(to === undefined ? [] : [`atMs < ${Date.parse(to)}`]),
  ];
  if (after !== undefined) {
    const { atMs, order } = after;
    parts.push(`(atMs < ${atMs} OR (atMs = ${atMs} AND order > ${order}))`);
  }
  return parts.join(' AND ');
}

export const SORT = ['atMs:desc', 'order:asc'];

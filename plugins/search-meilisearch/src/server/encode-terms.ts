import { createHash } from 'node:crypto';
import type { SearchDocument, SearchQuery } from '@parley/contracts';
import { tokensOf } from '@parley/search-text';

/** Marks the end of a field: no word comes to it, so that nothing stands side by side across two fields. */
const FIELD_END = 'q';
/** The server drops words of more than 250 bytes. */
const MAX_WORD_LENGTH = 240;
/** The server reads the first 65 535 words of an attribute. */
const WORDS_PER_ATTRIBUTE = 60_000;
/** As long as the longest row of words a query may hold. */
const OVERLAP = 48;
const ATTRIBUTES = 8;
const DIGEST_LENGTH = 32;

/** The attributes that are searched; a text of more words than fit into one goes on in the next. */
export const TERM_ATTRIBUTES = Array.from({ length: ATTRIBUTES }, (_, index) => `terms${index}`);

const escapeLetter = (letter: string): string => `q${(letter.codePointAt(0) ?? 0).toString(36).padStart(4, '0')}`;

/**
 * A word as the server gets it: letters and digits of ASCII only, so that whatever it knows of languages can not take it
 * apart, and a beginning of a word is the beginning of its code.
 */
export const encodeWord = (word: string): string =>
  word.replace(/[^a-pr-z0-9]/gu, escapeLetter).slice(0, MAX_WORD_LENGTH);

/** What is searched of a document, by attribute. */
export function toTerms({ text }: Pick<SearchDocument, 'text'>): Record<string, string> {
  const words = Object.values(text).flatMap((field) => [
    ...Array.from(tokensOf(field), (token) => encodeWord(token.text)),
    FIELD_END,
  ]);
  const parts: Record<string, string> = {};
  for (const [index, name] of TERM_ATTRIBUTES.entries()) {
    const from = index * (WORDS_PER_ATTRIBUTE - OVERLAP);
    if (from >= words.length) break;
    parts[name] = words.slice(from, from + WORDS_PER_ATTRIBUTE).join(' ');
  }
  return parts;
}

/** A value as filters know it: the server compares texts without case, and no part of its filter language is in a digest. */
export const digest = (...values: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, DIGEST_LENGTH);

export const ownerDigest = ({ tenantId, ownerId }: Pick<SearchQuery, 'tenantId' | 'ownerId'>): string =>
  digest('owner', tenantId, ownerId);

/** Everything a search may be narrowed to, as digests. */
export const factsOf = ({ collection, parentId, tags = {} }: Pick<SearchQuery, 'collection' | 'parentId' | 'tags'>) => [
  ...(collection === undefined ? [] : [digest('collection', collection)]),
  ...(parentId === undefined ? [] : [digest('parent', parentId)]),
  ...Object.entries(tags).map(([name, value]) => digest('tag', name, value)),
];

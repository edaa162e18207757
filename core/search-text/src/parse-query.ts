import { queryWordsOf } from './tokens.ts';

/** A row of tokens that must stand side by side. */
export interface Clause {
  readonly tokens: readonly string[];
  /** The last token may be the beginning of a longer one. */
  readonly isPrefix: boolean;
}

/** What a person looks for. */
export interface ParsedQuery {
  /** All of them must be there. */
  readonly wanted: readonly Clause[];
  /** None of them may be there. */
  readonly unwanted: readonly Clause[];
}

const MAX_LENGTH = 2_000;
const MAX_CLAUSES = 10;
const MAX_TOKENS = 48;
/** A minus that begins a word, then a phrase in quotes, of which the last may be missing, or anything up to a blank or quote. */
const PIECES = /(?<minus>(?<![^\s"])-)?(?:"(?<phrase>[^"]*)"?|(?<word>[^\s"]+))/g;

/** Reads what a person typed. Whatever it is, it comes to words; nothing in it is an instruction to the index. */
export function parseQuery(text: string): ParsedQuery {
  const wanted: Clause[] = [];
  const unwanted: Clause[] = [];
  const pieces = [...text.slice(0, MAX_LENGTH).matchAll(PIECES)];
  for (const [index, { groups = {} }] of pieces.entries()) {
    const { minus, phrase, word = '' } = groups;
    const isLast = index === pieces.length - 1 && phrase === undefined && minus === undefined;
    const words = queryWordsOf(phrase ?? word, phrase !== undefined);
    const clauses = words.map(({ tokens, isLetter }, place) => ({
      tokens: tokens.slice(0, MAX_TOKENS),
      isPrefix: isLetter || (isLast && place === words.length - 1),
    }));
    (minus === undefined ? wanted : unwanted).push(...clauses);
  }
  return { wanted: wanted.slice(0, MAX_CLAUSES), unwanted: unwanted.slice(0, MAX_CLAUSES) };
}

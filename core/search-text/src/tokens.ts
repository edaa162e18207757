import { fold } from './fold.ts';

/** A piece of a text that can be found. Shape: `start` and `end` are places in the text as written. */
export interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Letters of scripts that write no space between words. */
const UNSPACED = String.raw`[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\p{sc=Tibetan}\u30fc\uff70]`;
const WORDS = new RegExp(
  String.raw`(?<run>${UNSPACED}[${UNSPACED}\p{M}]*)|(?<word>[[\p{L}\p{N}\p{M}]--${UNSPACED}]+)|\p{Extended_Pictographic}`,
  'gv',
);
const UNITS = /\P{M}\p{M}*|\p{M}+/gu;
// What the index would take for the end of a token.
const SEPARATORS = /[\0-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]/g;
const MAX_TOKEN_LENGTH = 64;

const toTokenText = (written: string): string => fold(written).replace(SEPARATORS, '').slice(0, MAX_TOKEN_LENGTH);

/**
 * A run of a script without spaces as pairs of its letters, each with the next one; the last letter stands alone. Any part
 * of the run is then a row of pairs, so it is found wherever words begin and end.
 */
function* pairsOf(run: string, offset: number): Generator<Token> {
  const units = [...run.matchAll(UNITS)].flatMap(({ 0: written, index }) => {
    const text = toTokenText(written);
    return text === '' ? [] : [{ text, start: offset + index, end: offset + index + written.length }];
  });
  for (const [index, unit] of units.entries()) {
    const next = units[index + 1];
    yield next === undefined ? unit : { text: unit.text + next.text, start: unit.start, end: next.end };
  }
}

/** The tokens of a text in their order, from the place `from` on. */
export function* tokensOf(text: string, from = 0): Generator<Token> {
  WORDS.lastIndex = 0;
  const words = new RegExp(WORDS);
  words.lastIndex = from;
  for (let match = words.exec(text); match !== null; match = words.exec(text)) {
    const [written] = match;
    const start = match.index;
    if (match.groups?.['run'] !== undefined) {
      yield* pairsOf(written, start);
      continue;
    }
    const folded = toTokenText(written);
    if (folded !== '') yield { text: folded, start, end: start + written.length };
  }
}

/** What the words of a query are made of: a row of tokens, and whether it is a run without spaces. */
export interface QueryWord {
  readonly tokens: readonly string[];
  /** A single letter of a script without spaces: it is found at the beginning of a pair. */
  readonly isLetter: boolean;
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

/** The tokens of one run, of which the last letter has no pair unless it is the only one. */
function runWord(run: string): QueryWord {
  const tokens = [...pairsOf(run, 0)].map(({ text }) => text);
  return tokens.length > 1 ? { tokens: tokens.slice(0, -1), isLetter: false } : { tokens, isLetter: true };
}

/**
 * A piece of a query without blanks as rows of tokens that must stand side by side. A run without spaces comes as its words,
 * each for itself, unless `isPhrase`.
 */
export function queryWordsOf(piece: string, isPhrase: boolean): readonly QueryWord[] {
  const words: QueryWord[] = [];
  let row: string[] = [];
  const endRow = (): void => {
    if (row.length > 0) words.push({ tokens: row, isLetter: false });
    row = [];
  };
  for (const match of piece.matchAll(WORDS)) {
    const run = match.groups?.['run'];
    if (run === undefined) {
      const token = toTokenText(match[0]);
      if (token !== '') row.push(token);
      continue;
    }
    endRow();
    const parts = isPhrase ? [run] : [...segmenter.segment(run)].map(({ segment }) => segment);
    words.push(...parts.map(runWord).filter(({ tokens }) => tokens.length > 0));
  }
  endRow();
  return words;
}

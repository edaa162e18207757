import { fold } from './fold.ts';
import type { Clause } from './parse-query.ts';

/** As in BM25: how soon more of the same word counts no more, and how much a long text takes away. */
const SATURATION = 1.2;
const LENGTH_WEIGHT = 0.75;
/** Characters of a text of middle length. */
const MIDDLE_LENGTH = 800;
/** Beyond it a text speaks of its words often enough. */
const MAX_LENGTH = 20_000;
const MAX_COUNT = 20;

const LETTER = /[\p{L}\p{N}\p{M}]/u;
function isLetterAt(text: string, place: number): boolean {
  const code = text.charCodeAt(place);
  if (Number.isNaN(code)) return false;
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
  return LETTER.test(String.fromCodePoint(text.codePointAt(place) ?? 0));
}
const UNSPACED =
  /^[\u0e00-\u0fff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af\u{20000}-\u{3ffff}]/u;

/** How often the first token of a clause stands in a folded text, as a word of its own; good enough to weigh by. */
function countOf(folded: string, { tokens, isPrefix }: Clause): number {
  const [needle = ''] = tokens;
  const isWord = !UNSPACED.test(needle);
  const mayGoOn = isPrefix && tokens.length === 1;
  let count = 0;
  let place = folded.indexOf(needle);
  while (place >= 0 && count < MAX_COUNT) {
    const end = place + needle.length;
    if (!isWord || (!isLetterAt(folded, place - 1) && (mayGoOn || !isLetterAt(folded, end)))) count += 1;
    place = folded.indexOf(needle, end);
  }
  return Math.max(count, 1);
}

/** How well a document that holds all clauses fits them. Shape: `weights` has one number for each clause. */
export function scoreOf(text: string, clauses: readonly Clause[], weights: readonly number[]): number {
  const folded = fold(text.length > MAX_LENGTH ? text.slice(0, MAX_LENGTH) : text);
  const norm = SATURATION * (1 - LENGTH_WEIGHT + (LENGTH_WEIGHT * text.length) / MIDDLE_LENGTH);
  let score = 0;
  for (const [index, clause] of clauses.entries()) {
    const count = countOf(folded, clause);
    score += ((weights[index] ?? 1) * count * (SATURATION + 1)) / (count + norm);
  }
  return score;
}

/** What a clause weighs that `found` of `of` documents hold. */
export const weightOf = (found: number, of: number): number => Math.log(1 + (of - found + 0.5) / (found + 0.5));

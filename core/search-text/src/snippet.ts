import type { SnippetPiece } from '@parley/contracts';
import { fold } from './fold.ts';
import type { Clause } from './parse-query.ts';
import { tokensOf } from './tokens.ts';
import type { Token } from './tokens.ts';

const BEFORE = 60;
const LENGTH = 220;
const MAX_MATCHES = 40;
const ELLIPSIS = '…';

interface Match {
  readonly clause: number;
  readonly start: number;
  readonly end: number;
}

function matchAt(tokens: readonly Token[], place: number, clauses: readonly Clause[]): Match | undefined {
  for (const [clause, { tokens: wanted, isPrefix }] of clauses.entries()) {
    const isHere = wanted.every((text, offset) => {
      const found = tokens[place + offset]?.text;
      return found === text || (isPrefix && offset === wanted.length - 1 && found?.startsWith(text) === true);
    });
    const [first, last] = [tokens[place], tokens[place + wanted.length - 1]];
    if (isHere && first !== undefined && last !== undefined) return { clause, start: first.start, end: last.end };
  }
  return undefined;
}

/** The first place where anything of it can be, as far as that can be told without taking the text apart. */
function firstPlace(text: string, clauses: readonly Clause[]): number {
  const folded = fold(text);
  if (folded.length !== text.length) return 0;
  const places = clauses.map(({ tokens }) => folded.indexOf(tokens[0] ?? '')).filter((place) => place >= 0);
  if (places.length === 0) return 0;
  const first = Math.min(...places);
  // A blank is never inside of a token.
  return Math.max(text.lastIndexOf(' ', first), 0);
}

/** Where a text holds what was looked for; stops when it has seen enough. */
function findMatches(text: string, clauses: readonly Clause[]): Match[] {
  const longest = Math.max(...clauses.map(({ tokens }) => tokens.length));
  const matches: Match[] = [];
  const seen = new Set<number>();
  let lookingUntil = Number.POSITIVE_INFINITY;
  const recent: Token[] = [];
  const look = (): void => {
    const match = matchAt(recent, 0, clauses);
    if (match !== undefined) {
      matches.push(match);
      seen.add(match.clause);
      if (seen.size === clauses.length) lookingUntil = Math.min(lookingUntil, match.start + LENGTH);
    }
    recent.shift();
  };
  for (const token of tokensOf(text, firstPlace(text, clauses))) {
    recent.push(token);
    if (recent.length === longest) look();
    if (matches.length >= MAX_MATCHES || token.start > lookingUntil) return matches;
  }
  while (recent.length > 0) look();
  return matches;
}

/** The match after which most of what was looked for stands close together. */
function bestStart(matches: readonly Match[]): Match | undefined {
  let best: Match | undefined;
  let most = 0;
  for (const match of matches) {
    const close = matches.filter(({ start, end }) => start >= match.start && end <= match.start + LENGTH - BEFORE);
    const clauses = new Set(close.map(({ clause }) => clause)).size;
    if (clauses > most) [best, most] = [match, clauses];
  }
  return best;
}

const isBlank = (character: string | undefined): boolean => character !== undefined && /\s/.test(character);

/** Moves a cut to a blank close by, or at least out of a character of two halves. */
function cutAt(text: string, place: number, toward: -1 | 1): number {
  if (place <= 0) return 0;
  if (place >= text.length) return text.length;
  for (let moved = 0; moved < 30; moved += 1) {
    const at = place + moved * toward;
    if (isBlank(text[toward < 0 ? at - 1 : at])) return at;
  }
  const code = text.charCodeAt(place);
  return code >= 0xdc00 && code <= 0xdfff ? place - 1 : place;
}

/** The parts of a passage that match and those that do not; parts that overlap are one. */
function toPieces(text: string, [from, to]: readonly [number, number], matches: readonly Match[]): SnippetPiece[] {
  const pieces: SnippetPiece[] = [];
  const add = (piece: string, isHit: boolean): void => {
    const last = pieces.at(-1);
    if (piece === '') return;
    if (last?.isHit === isHit && !isHit) pieces[pieces.length - 1] = { text: last.text + piece, isHit };
    else pieces.push({ text: piece, isHit });
  };
  let place = from;
  add(from > 0 ? ELLIPSIS : '', false);
  for (let index = 0; index < matches.length; index += 1) {
    const match = matches[index] as Match;
    if (match.end > to || match.start < place) continue;
    let { end } = match;
    for (let next = matches[index + 1]; next !== undefined && next.start < end; next = matches[index + 1]) {
      if (next.end <= to) end = Math.max(end, next.end);
      index += 1;
    }
    add(text.slice(place, match.start), false);
    add(text.slice(match.start, end), true);
    place = end;
  }
  add(text.slice(place, to), false);
  add(to < text.length ? ELLIPSIS : '', false);
  return pieces;
}

/** A passage of `text` around what was looked for; its beginning when nothing of it is found. */
export function toSnippet(text: string, clauses: readonly Clause[]): readonly SnippetPiece[] {
  const matches = clauses.length === 0 ? [] : findMatches(text, clauses);
  const start = bestStart(matches)?.start ?? 0;
  const from = start + (LENGTH - BEFORE) >= text.length && text.length <= LENGTH ? 0 : cutAt(text, start - BEFORE, -1);
  const to = cutAt(text, from + LENGTH, 1);
  return toPieces(text, [from, to], matches);
}

/** Whether a text holds anything of what was looked for. */
export const hasMatch = (text: string, clauses: readonly Clause[]): boolean => findMatches(text, clauses).length > 0;

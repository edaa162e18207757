import { interpolate } from './interpolate.ts';
import type { InterpolationSources } from './interpolate.ts';

type Path = readonly PropertyKey[];

/** A tree whose places are filled, and what was found on the way. */
export interface FilledTree {
  readonly tree: unknown;
  /** Places that could not be filled. */
  readonly problems: readonly { readonly path: Path; readonly text: string }[];
  /** Paths of the values a `${secret:...}` is in. */
  readonly secrets: readonly Path[];
}

/** What looks like a number or a truth value after filling is one: `port: ${env:PORT:-3000}`. */
function typed(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

/** Fills the places of every text in a tree. `isText` tells which values stay texts, however they look. */
export function fillPlaces(given: unknown, sources: InterpolationSources, isText: (path: Path) => boolean): FilledTree {
  const problems: { readonly path: Path; readonly text: string }[] = [];
  const secrets: Path[] = [];
  const fill = (value: unknown, path: Path): unknown => {
    if (Array.isArray(value)) return value.map((item, index) => fill(item, [...path, index]));
    if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, [...path, key])]));
    }
    if (typeof value !== 'string' || !value.includes('${')) return value;
    const filled = interpolate(value, sources);
    problems.push(...filled.problems.map((text) => ({ path, text })));
    if (filled.hasSecret) secrets.push(path);
    return filled.hasSecret || isText(path) ? filled.text : typed(filled.text);
  };
  return { tree: fill(given, []), problems, secrets };
}

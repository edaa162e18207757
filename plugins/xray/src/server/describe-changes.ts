import type { Change } from '../contract/index.ts';

/** Changes kept of one step, and characters kept of one text. */
const MAX_CHANGES = 20;
const MAX_LENGTH = 2_000;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value as words, cut where it is long. */
export function toText(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value, undefined, 2) ?? 'undefined');
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)} … (${text.length} characters)` : text;
}

const change = (path: string, before: unknown, after: unknown): Change => ({
  path: path === '' ? 'value' : path,
  ...(before === undefined ? {} : { before: toText(before) }),
  ...(after === undefined ? {} : { after: toText(after) }),
});

/** Of two lists only what lies between their equal beginnings and ends: an inserted item is one change, not many. */
function* ofLists(path: string, before: readonly unknown[], after: readonly unknown[]): Generator<Change> {
  const isSame = (one: unknown, other: unknown) => one === other || JSON.stringify(one) === JSON.stringify(other);
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && isSame(before[start], after[start])) start += 1;
  let end = 0;
  while (end < shorter - start && isSame(before.at(-1 - end), after.at(-1 - end))) end += 1;
  const changed = Math.max(before.length, after.length) - end;
  for (let index = start; index < changed; index += 1) {
    const old = index < before.length - end ? before[index] : undefined;
    const fresh = index < after.length - end ? after[index] : undefined;
    yield* between(`${path}[${index}]`, old, fresh);
  }
}

function* between(path: string, before: unknown, after: unknown): Generator<Change> {
  if (before === after) return;
  if (Array.isArray(before) && Array.isArray(after)) {
    yield* ofLists(path, before, after);
  } else if (isObject(before) && isObject(after)) {
    for (const name of new Set([...Object.keys(before), ...Object.keys(after)]))
      yield* between(path === '' ? name : `${path}.${name}`, before[name], after[name]);
  } else yield change(path, before, after);
}

/** Where two values differ, the first places only. */
export function describeChanges(
  before: unknown,
  after: unknown,
): { readonly changes: readonly Change[]; readonly isCut: boolean } {
  const changes: Change[] = [];
  for (const found of between('', before, after)) {
    if (changes.length === MAX_CHANGES) return { changes, isCut: true };
    changes.push(found);
  }
  return { changes, isCut: false };
}

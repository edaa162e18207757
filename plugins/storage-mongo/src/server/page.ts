import { parseOrder, parseWhere, storageErrors } from '@parley/contracts';
import type { Condition, OrderKey, Page, Query, Scalar, StoredRecord } from '@parley/contracts';
import { both, either, equals, EVERYTHING, NOTHING, toFilter } from './filter.ts';
import type { Filter } from './filter.ts';
import { valueOf } from './layout.ts';
import type { Layout } from './layout.ts';
import { compareRecords, matches } from './matches.ts';
import { toTopKey } from './names.ts';

/** Reads from the database what matches, in order. */
export type FetchRecords = (
  filter: Filter,
  sort: Readonly<Record<string, 1 | -1>>,
  limit: number,
) => Promise<readonly StoredRecord[]>;

/** Records that a transaction has written and the database does not hold yet; `undefined` is deleted. */
export type Overlay = ReadonlyMap<string, StoredRecord | undefined>;

/** Where a page ended: of each field the value, none when it was missing. */
type Place = readonly (readonly [] | readonly [Scalar])[];

const KINDS = ['number', 'string', 'object', 'array', 'binData', 'bool'] as const;
const kindOf = (value: Scalar): (typeof KINDS)[number] =>
  value === null ? 'binData' : typeof value === 'boolean' ? 'bool' : (typeof value as 'number' | 'string');

const signature = (keys: readonly OrderKey[]): string => keys.map((key) => `${key.field}:${key.direction}`).join(',');

function toCursor(layout: Layout, keys: readonly OrderKey[], record: StoredRecord): string {
  const place = keys.map(({ field }) => {
    const value = valueOf(record, field);
    if (typeof value === 'object' && value !== null) {
      const reason = `${field} of ${record.id} is a list or object, behind which no page can begin`;
      throw storageErrors.INVALID({ entity: layout.entity, reason });
    }
    return value === undefined ? [] : [value];
  });
  return Buffer.from(JSON.stringify([signature(keys), ...place])).toString('base64url');
}

function parseCursor(layout: Layout, keys: readonly OrderKey[], cursor: string): Place {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    parsed = undefined;
  }
  const isPlace = (each: unknown): boolean =>
    Array.isArray(each) && each.length <= 1 && (typeof each[0] !== 'object' || each[0] === null);
  if (
    Array.isArray(parsed) &&
    parsed.length === keys.length + 1 &&
    parsed[0] === signature(keys) &&
    parsed.slice(1).every(isPlace)
  ) {
    return parsed.slice(1);
  }
  throw storageErrors.INVALID({ entity: layout.entity, reason: 'after is not the next of a page in the same order' });
}

const isMissing = (field: string): Filter => ({ [toTopKey(field)]: { $exists: false } });
const isPresent = (field: string): Filter => ({ [toTopKey(field)]: { $exists: true } });
const ofKinds = (field: string, kinds: readonly string[]): Filter =>
  kinds.length === 0 ? NOTHING : { [toTopKey(field)]: { $type: kinds } };

const at = ({ field }: OrderKey, [value]: Place[number]): Filter =>
  value === undefined ? isMissing(field) : equals(field, value);

/** Values of the same kind that come strictly after. */
function beyond({ field, direction }: OrderKey, value: Scalar): Filter {
  if (typeof value === 'boolean') return value === (direction === 'asc') ? NOTHING : equals(field, !value);
  if (value === null) return NOTHING;
  return toFilter({ kind: direction === 'asc' ? 'gt' : 'lt', field, value });
}

/** What is of a kind that comes after that of `value`: MongoDB's comparisons stay among values of one kind. */
function ofLaterKind({ field, direction }: OrderKey, [value]: Place[number]): Filter {
  if (value === undefined) return direction === 'asc' ? isPresent(field) : NOTHING;
  if (field === 'id') return NOTHING;
  const index = KINDS.indexOf(kindOf(value));
  if (direction === 'asc') return ofKinds(field, KINDS.slice(index + 1));
  return either([ofKinds(field, KINDS.slice(0, index)), isMissing(field)]);
}

function afterPlace(keys: readonly OrderKey[], place: Place): Filter {
  const [key, ...restKeys] = keys;
  const [first = [], ...rest] = place;
  if (key === undefined) return NOTHING;
  const [value] = first;
  return either([
    ...(value === undefined ? [] : [beyond(key, value)]),
    ofLaterKind(key, first),
    ...(restKeys.length === 0 ? [] : [both(at(key, first), afterPlace(restKeys, rest))]),
  ]);
}

/** The rest of the order behind a place, in pieces of which the first is one range of an index on the first field. */
function piecesAfter(keys: readonly OrderKey[], place: Place): readonly Filter[] {
  const [key, ...restKeys] = keys;
  const [first = [], ...rest] = place;
  if (key === undefined) return [];
  const [value] = first;
  const later = ofLaterKind(key, first);
  const same = both(at(key, first), afterPlace(restKeys, rest));
  if (typeof value !== 'string' && typeof value !== 'number') {
    return [same, ...(value === undefined ? [] : [beyond(key, value)]), later].filter((piece) => piece !== NOTHING);
  }
  const kind = key.direction === 'asc' ? 'gte' : 'lte';
  const range = toFilter({ kind, field: key.field, value });
  const piece = both(range, either(restKeys.length === 0 ? [beyond(key, value)] : [beyond(key, value), same]));
  return later === NOTHING ? [piece] : [piece, later];
}

const placeRecord = (keys: readonly OrderKey[], place: Place): StoredRecord =>
  Object.fromEntries(
    keys.flatMap(({ field }, index) => place[index]?.map((value) => [field, value] as const) ?? []),
  ) as unknown as StoredRecord;

/** What the overlay adds to a page. */
function fromOverlay(
  overlay: Overlay,
  condition: Condition | undefined,
  keys: readonly OrderKey[],
  place: Place | undefined,
): readonly StoredRecord[] {
  const behind = place === undefined ? undefined : placeRecord(keys, place);
  return [...overlay.values()].filter(
    (record): record is StoredRecord =>
      record !== undefined &&
      (condition === undefined || matches(condition, record)) &&
      (behind === undefined || compareRecords(keys, record, behind) > 0),
  );
}

const without = (overlay: Overlay): Filter =>
  overlay.size === 0 ? EVERYTHING : { _id: { $nin: [...overlay.keys()] } };

/** One page of a collection, with what `overlay` changes. @throws STORAGE_INVALID */
export async function findPage(
  layout: Layout,
  query: Query<StoredRecord>,
  fetch: FetchRecords,
  overlay: Overlay,
): Promise<Page<StoredRecord>> {
  const { limit, where, after } = query;
  const keys = parseOrder(query, layout.entity);
  const condition = where === undefined ? undefined : parseWhere(where, layout.entity);
  const place = after === undefined ? undefined : parseCursor(layout, keys, after);
  const filter = both(condition === undefined ? EVERYTHING : toFilter(condition), without(overlay));
  const sort = Object.fromEntries(
    keys.map(({ field, direction }) => [toTopKey(field), direction === 'asc' ? (1 as const) : (-1 as const)]),
  );
  const found: StoredRecord[] = [];
  for (const piece of place === undefined ? [EVERYTHING] : piecesAfter(keys, place)) {
    if (found.length > limit) break;
    found.push(...(await fetch(both(filter, piece), sort, limit + 1 - found.length)));
  }
  const added = fromOverlay(overlay, condition, keys, place);
  const all = added.length === 0 ? found : [...found, ...added].toSorted((a, b) => compareRecords(keys, a, b));
  const items = all.slice(0, limit);
  const last = items.at(-1);
  return all.length > limit && last !== undefined ? { items, next: toCursor(layout, keys, last) } : { items };
}

/** How many match, with what `overlay` changes. @throws STORAGE_INVALID */
export async function countMatches(
  layout: Layout,
  where: Query<StoredRecord>['where'],
  count: (filter: Filter) => Promise<number>,
  overlay: Overlay,
): Promise<number> {
  const condition = parseWhere(where ?? {}, layout.entity);
  const stored = await count(both(toFilter(condition), without(overlay)));
  return stored + fromOverlay(overlay, condition, [], undefined).length;
}

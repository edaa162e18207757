import type { Condition } from '@parley/contracts';
import { toFieldValue } from './documents.ts';
import { toTopKey } from './names.ts';

/** A filter of MongoDB. Only this file and `page.ts` write operators; values never become one, since they are scalars. */
export type Filter = Readonly<Record<string, unknown>>;

export const EVERYTHING: Filter = {};
export const NOTHING: Filter = { _id: { $in: [] } };

// A comparison also looks into lists, as Parley's do not. These fields never hold one.
const NO_LISTS = new Set(['id', 'tenantId', 'ownerId', 'createdAt', 'updatedAt', 'rev']);

const test = (field: string, operators: Filter): Filter => ({
  [toTopKey(field)]: NO_LISTS.has(field) ? operators : { ...operators, $not: { $type: 'array' } },
});

/** The field has exactly this value. */
export const equals = (field: string, value: unknown): Filter => test(field, { $eq: toFieldValue(value) });

/** The smallest text that is greater than every text with this prefix; `undefined` when there is none. */
function afterPrefix(prefix: string): string | undefined {
  const points = Array.from(prefix, (sign) => sign.codePointAt(0) ?? 0);
  while (points.length > 0) {
    const last = points.pop() ?? 0;
    if (last >= 0x10ffff) continue;
    return String.fromCodePoint(...points, last === 0xd7ff ? 0xe000 : last + 1);
  }
  return undefined;
}

function startsWith(field: string, prefix: string): Filter {
  const end = afterPrefix(prefix);
  return test(field, { $gte: prefix, ...(end === undefined ? { $type: 'string' } : { $lt: end }) });
}

/** All of these. */
export function both(...filters: readonly Filter[]): Filter {
  const wanted = filters.filter((filter) => Object.keys(filter).length > 0);
  return wanted.length === 1 ? (wanted[0] ?? EVERYTHING) : wanted.length === 0 ? EVERYTHING : { $and: wanted };
}

/** One of these. */
export const either = (filters: readonly Filter[]): Filter =>
  filters.length === 0 ? NOTHING : filters.length === 1 ? (filters[0] ?? NOTHING) : { $or: filters };

/** A checked condition as MongoDB's filter. */
export function toFilter(condition: Condition): Filter {
  switch (condition.kind) {
    case 'and':
      return both(...condition.conditions.map(toFilter));
    case 'or':
      return either(condition.conditions.map(toFilter));
    case 'not':
      return { $nor: [toFilter(condition.condition)] };
    case 'equals':
      return equals(condition.field, condition.value);
    case 'differs':
      return { $nor: [equals(condition.field, condition.value)] };
    case 'in':
      return test(condition.field, { $in: condition.values.map(toFieldValue) });
    case 'has':
      return { [toTopKey(condition.field)]: { $elemMatch: { $eq: condition.value } } };
    case 'exists':
      return { [toTopKey(condition.field)]: { $exists: condition.value } };
    case 'prefix':
      return startsWith(condition.field, condition.value);
    default:
      return test(condition.field, { [`$${condition.kind}`]: condition.value });
  }
}

import { parseWhere } from '@parley/contracts';
import type { Condition, StoredRecord, Where } from '@parley/contracts';
import { afterPrefix, toComparable } from './sql-values.ts';
import type { SqlValue } from './sql-values.ts';
import type { TableLayout } from './table-layout.ts';

/** A piece of SQL and the values of its places, in order. */
export interface Sql {
  readonly text: string;
  readonly values: readonly SqlValue[];
}

const RANGE = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

const sql = (text: string, ...values: readonly SqlValue[]): Sql => ({ text, values });
const NOTHING = sql('0');
const EVERYTHING = sql('1');

const join = (parts: readonly Sql[], by: 'AND' | 'OR', empty: Sql): Sql => {
  const [first] = parts;
  if (first === undefined) return empty;
  if (parts.length === 1) return first;
  return { text: `(${parts.map(({ text }) => text).join(` ${by} `)})`, values: parts.flatMap(({ values }) => values) };
};

/** A range stays among values of its own kind: numbers end where texts begin, texts where blobs begin. */
function range(expression: string, kind: keyof typeof RANGE, value: string | number): Sql {
  const operator = RANGE[kind];
  const isLower = kind === 'gt' || kind === 'gte';
  if (typeof value === 'number' && !isLower) return sql(`${expression} ${operator} ?`, value);
  const bound = typeof value === 'number' ? `< ''` : isLower ? `< x''` : `>= ''`;
  return sql(`(${expression} ${operator} ? AND ${expression} ${bound})`, value);
}

function prefixTest(expression: string, prefix: string): Sql {
  const end = afterPrefix(prefix);
  return end === undefined
    ? sql(`(${expression} >= ? AND ${expression} < x'')`, prefix)
    : sql(`(${expression} >= ? AND ${expression} < ?)`, prefix, end);
}

function inTest(expression: string, values: readonly SqlValue[]): Sql {
  if (values.length === 0) return NOTHING;
  return sql(`${expression} IN (${values.map(() => '?').join(', ')})`, ...values);
}

function compile(layout: TableLayout, condition: Condition): Sql {
  switch (condition.kind) {
    case 'and':
    case 'or': {
      const parts = condition.conditions.map((each) => compile(layout, each));
      return condition.kind === 'and' ? join(parts, 'AND', EVERYTHING) : join(parts, 'OR', NOTHING);
    }
    case 'not': {
      const inner = compile(layout, condition.condition);
      // A comparison with a missing field is NULL in SQL; here it is no match, and its opposite is one.
      return { text: `(${inner.text} IS NOT TRUE)`, values: inner.values };
    }
    case 'equals':
      return sql(`${layout.expression(condition.field)} = ?`, toComparable(condition.value));
    case 'differs':
      return sql(`${layout.expression(condition.field)} IS NOT ?`, toComparable(condition.value));
    case 'has':
      return sql(layout.holds(condition.field), toComparable(condition.value));
    case 'in':
      return inTest(layout.expression(condition.field), condition.values.map(toComparable));
    case 'exists':
      return sql(`${layout.expression(condition.field)} IS ${condition.value ? 'NOT ' : ''}NULL`);
    case 'prefix':
      return prefixTest(layout.expression(condition.field), condition.value);
    default:
      return range(layout.expression(condition.field), condition.kind, condition.value);
  }
}

/** A filter as SQL, and the fields that have one value in all that matches. */
export interface CompiledWhere extends Sql {
  readonly fixed: ReadonlySet<string>;
}

function addFixed(condition: Condition, fixed: Set<string>): Set<string> {
  if (condition.kind === 'equals') fixed.add(condition.field);
  if (condition.kind === 'and') for (const each of condition.conditions) addFixed(each, fixed);
  return fixed;
}

const GROUPS = ['and', 'or', 'not'];

/** A filter of fields that equal texts, as the store of a principal has: the same SQL in one step; `undefined` for others. */
function compileOwnership(layout: TableLayout, where: Where<StoredRecord>): CompiledWhere | undefined {
  const fields = Object.keys(where);
  const values: string[] = [];
  let text = '';
  for (const field of fields) {
    const value = (where as Readonly<Record<string, unknown>>)[field];
    if (typeof value !== 'string' || GROUPS.includes(field)) return undefined;
    text += `${text === '' ? '' : ' AND '}${layout.expression(field)} = ?`;
    values.push(value.toWellFormed());
  }
  return values.length < 2 ? undefined : { text: `(${text})`, values, fixed: new Set(fields) };
}

/** A filter as SQL over the table of `layout`; its values are bound. @throws STORAGE_INVALID */
export function compileWhere(layout: TableLayout, where: Where<StoredRecord> | undefined): CompiledWhere {
  if (where === undefined) return { ...EVERYTHING, fixed: new Set() };
  const ownership = compileOwnership(layout, where);
  if (ownership !== undefined) return ownership;
  const condition = parseWhere(where, layout.entity);
  return { ...compile(layout, condition), fixed: addFixed(condition, new Set()) };
}

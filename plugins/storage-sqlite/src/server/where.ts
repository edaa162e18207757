import { storageErrors } from '@parley/contracts';
import type { StoredRecord, Where } from '@parley/contracts';
import { afterPrefix, toComparable } from './sql-values.ts';
import type { SqlValue } from './sql-values.ts';
import type { TableLayout } from './table-layout.ts';

/** A piece of SQL and the values of its places, in order. */
export interface Sql {
  readonly text: string;
  readonly values: readonly SqlValue[];
}

const MAX_DEPTH = 32;
const MAX_IN = 10_000;
const TESTS = ['in', 'not', 'gt', 'gte', 'lt', 'lte', 'prefix', 'exists', 'has'];
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

function invalid(layout: TableLayout, reason: string): Error {
  return storageErrors.INVALID({ entity: layout.entity, reason });
}

/** A range stays among values of its own kind: numbers end where texts begin, texts where blobs begin. */
function range(expression: string, operator: string, value: SqlValue): Sql | undefined {
  const isLower = operator.startsWith('>');
  if (typeof value === 'number') {
    return isLower
      ? sql(`(${expression} ${operator} ? AND ${expression} < '')`, value)
      : sql(`${expression} ${operator} ?`, value);
  }
  if (typeof value !== 'string') return undefined;
  const bound = isLower ? `${expression} < x''` : `${expression} >= ''`;
  return sql(`(${expression} ${operator} ? AND ${bound})`, value);
}

function prefixTest(expression: string, prefix: string): Sql {
  const end = afterPrefix(prefix);
  return end === undefined
    ? sql(`(${expression} >= ? AND ${expression} < x'')`, prefix)
    : sql(`(${expression} >= ? AND ${expression} < ?)`, prefix, end);
}

function inTest(layout: TableLayout, field: string, values: unknown): Sql {
  if (!Array.isArray(values)) throw invalid(layout, `${field}.in is a list`);
  if (values.length > MAX_IN) throw invalid(layout, `${field}.in holds at most ${MAX_IN} values, not ${values.length}`);
  if (values.length === 0) return NOTHING;
  const places = values.map(() => '?').join(', ');
  return sql(
    `${layout.expression(field)} IN (${places})`,
    ...values.map((value) => toComparable(value, field, layout.entity)),
  );
}

function oneTest(layout: TableLayout, field: string, test: string, operand: unknown): Sql {
  const expression = layout.expression(field);
  if (test === 'in') return inTest(layout, field, operand);
  if (test === 'exists') {
    if (typeof operand !== 'boolean') throw invalid(layout, `${field}.exists is true or false`);
    return sql(`${expression} IS ${operand ? 'NOT ' : ''}NULL`);
  }
  if (test === 'prefix') {
    if (typeof operand !== 'string') throw invalid(layout, `${field}.prefix is a text`);
    return prefixTest(expression, operand);
  }
  const value = toComparable(operand, field, layout.entity);
  if (test === 'has') return sql(layout.holds(field), value);
  if (test === 'not') return sql(`${expression} IS NOT ?`, value);
  const made = range(expression, RANGE[test as keyof typeof RANGE], value);
  if (made === undefined) throw invalid(layout, `${field}.${test} takes a number or a text`);
  return made;
}

function fieldTest(layout: TableLayout, field: string, test: unknown): Sql {
  if (typeof test !== 'object' || test === null || Array.isArray(test)) {
    return sql(`${layout.expression(field)} = ?`, toComparable(test, field, layout.entity));
  }
  const tests = Object.entries(test);
  const odd = tests.find(([name]) => !TESTS.includes(name));
  if (odd !== undefined || tests.length === 0) {
    const came = odd === undefined ? 'nothing' : JSON.stringify(odd[0].slice(0, 80));
    throw invalid(layout, `${field} is tested with ${TESTS.join(', ')}, not with ${came}`);
  }
  return join(
    tests.map(([name, operand]) => oneTest(layout, field, name, operand)),
    'AND',
    EVERYTHING,
  );
}

function list(layout: TableLayout, name: string, value: unknown, depth: number): readonly Sql[] {
  if (!Array.isArray(value)) throw invalid(layout, `${name} is a list of filters`);
  return value.map((filter) => compile(layout, filter, depth));
}

function compile(layout: TableLayout, where: unknown, depth: number): Sql {
  if (typeof where !== 'object' || where === null || Array.isArray(where))
    throw invalid(layout, 'a filter is an object');
  if (depth > MAX_DEPTH) throw invalid(layout, `a filter is at most ${MAX_DEPTH} levels deep`);
  const parts = Object.entries(where).map(([name, value]) => {
    if (name === 'and') return join(list(layout, name, value, depth + 1), 'AND', EVERYTHING);
    if (name === 'or') return join(list(layout, name, value, depth + 1), 'OR', NOTHING);
    if (name !== 'not') return fieldTest(layout, name, value);
    const inner = compile(layout, value, depth + 1);
    // A comparison with a missing field is NULL in SQL; here it is no match, and its opposite is one.
    return { text: `(${inner.text} IS NOT TRUE)`, values: inner.values };
  });
  return join(parts, 'AND', EVERYTHING);
}

/**
 * A filter as SQL over the table of `layout`. Names are checked, values are bound.
 * @throws STORAGE_INVALID naming the field; also for `undefined`, which must not widen a filter silently
 */
export const compileWhere = (layout: TableLayout, where: Where<StoredRecord> | undefined): Sql =>
  where === undefined ? EVERYTHING : compile(layout, where, 0);

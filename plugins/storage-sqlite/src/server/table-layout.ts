import type { Collection, StoredRecord } from '@parley/contracts';
import { checkCollection, checkField } from '@parley/contracts';
import { entityName } from './sqlite-errors.ts';
import { quote, toColumn, toTable } from './sql-names.ts';
import type { SqlValue } from './sql-values.ts';
import { toColumnValue } from './sql-values.ts';

/** One index as SQLite has it. */
export interface TableIndex {
  readonly name: string;
  readonly sql: string;
}

/** How a collection lies in its table: `id`, one column per indexed field, and `doc`, the whole record as JSON. */
export interface TableLayout {
  readonly collection: Collection;
  readonly entity: string;
  readonly table: string;
  /** The table's name as it stands in a statement. */
  readonly quoted: string;
  /** Fields with a column of their own, without `id`. */
  readonly fields: readonly string[];
  readonly indexes: readonly TableIndex[];
  readonly insertSql: string;
  /** The SQL expression of a field's value, comparable as `SqlValue` says. @throws STORAGE_INVALID for an odd name. */
  expression(field: string): string;
  /** What `expression` gives for a record, without asking SQLite. */
  comparable(record: StoredRecord, field: string): SqlValue;
  /** A condition: the field is a list that has the value of its one place. @throws STORAGE_INVALID for an odd name. */
  holds(field: string): string;
  /** Parameters of `insertSql`. */
  insertValues(record: StoredRecord, doc: string): SqlValue[];
  /**
   * The statement that puts `record` in the place of the one with its id, and its parameters. Of what it was `before`,
   * columns that are the same are not named: SQLite would write every index that one of them is in.
   */
  update(
    record: StoredRecord,
    doc: string,
    before?: StoredRecord,
  ): { readonly text: string; readonly values: readonly SqlValue[] };
}

// Every query of a store names these two, so they are columns even when no index does.
const ALWAYS = ['tenantId', 'ownerId'];

// Numbers are handed to JavaScript because SQLite's own reading of JSON numbers is off by the last bit for some.
const comparable = (type: string, text: string, json: string): string =>
  `(CASE ${type} WHEN 'text' THEN ${text} WHEN 'integer' THEN parley_number(${json})` +
  ` WHEN 'real' THEN parley_number(${json}) WHEN 'true' THEN x'01' WHEN 'false' THEN x'00'` +
  ` WHEN 'null' THEN x'' WHEN 'array' THEN x'02' WHEN 'object' THEN x'02' END)`;

/** What `comparable` says of lists and objects inside `doc`: they are neither equal nor ordered. */
const INNER_BLOB = Uint8Array.of(2);

const pathOf = (field: string): string => `'$."${field}"'`;

const jsonExpression = (field: string): string => {
  const path = pathOf(field);
  return comparable(`json_type(doc, ${path})`, `doc ->> ${path}`, `doc -> ${path}`);
};

const LEAD = { user: 'ownerId', tenant: 'tenantId', global: undefined } as const;

/**
 * Declared indexes; each once more led by the owner (or tenant), since lists are of one owner while the plugin itself
 * searches all of them; and one for the time to live.
 */
function wantedIndexes({ scope, indexes, ttl }: Collection): Collection['indexes'] {
  const wanted = [...indexes];
  const has = (field: string): boolean => wanted.some(({ fields }) => fields[0] === field);
  const lead = LEAD[scope];
  if (lead !== undefined) {
    const plain = indexes.filter(({ fields, unique }) => !unique && fields[0] !== lead);
    wanted.push(...plain.map(({ fields }) => ({ fields: [lead, ...fields], unique: false })));
    if (!has(lead)) wanted.push({ fields: [lead], unique: false });
  }
  if (ttl !== undefined && !has(ttl)) wanted.push({ fields: [ttl], unique: false });
  return wanted;
}

function toIndex(table: string, fields: readonly string[], unique: boolean): TableIndex {
  const columns = fields.map(toColumn);
  // The id at the end lets the index deliver whole pages in order; a unique index has to do without.
  if (!unique && !columns.includes('id')) columns.push('id');
  const name = `${unique ? 'unique' : 'index'}:${table}:${columns.join(',')}`;
  const list = columns.map(quote).join(', ');
  return { name, sql: `CREATE ${unique ? 'UNIQUE ' : ''}INDEX ${quote(name)} ON ${quote(table)} (${list})` };
}

/** The layout of `collection`. @throws STORAGE_INVALID when a name can't be used. */
export function createTableLayout(collection: Collection): TableLayout {
  const entity = entityName(collection.name);
  checkCollection(collection);
  const table = toTable(collection.name);
  const quoted = quote(table);
  const wanted = wantedIndexes(collection);
  const named = wanted.flatMap((index) => index.fields);
  const fields = [...new Set([...ALWAYS, ...named])].filter((field) => field !== 'id');
  const columns = new Map(['id', ...fields].map((field) => [field, quote(toColumn(field))]));
  const own = fields.map((field) => columns.get(field) ?? '');
  const places = (count: number) => Array.from({ length: count }, () => '?').join(', ');
  const indexes = new Map(
    wanted.map(({ fields, unique }) => toIndex(table, fields, unique)).map((index) => [index.name, index]),
  );
  const expressions = new Map<string, string>(columns);
  return {
    collection,
    entity,
    table,
    quoted,
    fields,
    indexes: [...indexes.values()],
    insertSql: `INSERT INTO ${quoted} (id, ${own.join(', ')}, doc) VALUES (${places(fields.length + 2)})`,
    expression: (field) => {
      const known = expressions.get(field);
      if (known !== undefined) return known;
      const made = jsonExpression(checkField(field, entity));
      if (expressions.size < 1_000) expressions.set(field, made);
      return made;
    },
    comparable: (record, field) => {
      const value = record[field];
      const isInner = typeof value === 'object' && value !== null && !columns.has(field);
      return isInner && Object.hasOwn(record, field) ? INNER_BLOB : toColumnValue(record, field);
    },
    holds: (field) => {
      const path = pathOf(checkField(field, entity));
      const element = comparable('type', 'value', `doc -> fullkey`);
      return `(json_type(doc, ${path}) IS 'array' AND EXISTS (SELECT 1 FROM json_each(doc, ${path}) WHERE ${element} = ?))`;
    },
    insertValues: (record, doc) => {
      const values: SqlValue[] = [record.id];
      for (const field of fields) values.push(toColumnValue(record, field));
      values.push(doc);
      return values;
    },
    update: (record, doc, before) => {
      const changed = before === undefined ? fields : fields.filter((field) => before[field] !== record[field]);
      const places = changed.map((field) => `${columns.get(field)} = ?, `).join('');
      return {
        text: `UPDATE ${quoted} SET ${places}doc = ? WHERE id = ?`,
        values: [...changed.map((field) => toColumnValue(record, field)), doc, record.id],
      };
    },
  };
}

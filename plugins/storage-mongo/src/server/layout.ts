import { createHash } from 'node:crypto';
import { checkField, storageErrors } from '@parley/contracts';
import type { Collection, StoredRecord } from '@parley/contracts';
import { entityName, OWN, toCollectionName, toTopKey } from './names.ts';

/** One index as MongoDB is told of it. */
export interface WantedIndex {
  readonly name: string;
  readonly key: Readonly<Record<string, 1>>;
  readonly options: { readonly unique?: true; readonly sparse?: true; readonly expireAfterSeconds?: 0 };
}

/** A field that must differ, as one text of several fields: MongoDB's own would take a missing field for a value. */
export interface UniqueKey {
  readonly fields: readonly string[];
  /** Its name below `_parley.unique`. */
  readonly name: string;
  readonly path: string;
}

/** How a collection lies in the database. */
export interface Layout {
  readonly collection: Collection;
  readonly entity: string;
  /** Name of its MongoDB collection. */
  readonly name: string;
  readonly uniques: readonly UniqueKey[];
  readonly indexes: readonly WantedIndex[];
  /** What documents hold below `_parley` besides the version; when it changes, they are written anew. */
  readonly shadows: string;
}

const COLLECTION = /^[A-Za-z0-9-]+(\.[A-Za-z0-9_-]+)+$/;
const LEAD = { user: 'ownerId', tenant: 'tenantId', global: undefined } as const;
const LONGEST_KEY = 200;
/** Prefix of the indexes that the driver makes, and may drop. */
export const INDEX_PREFIX = 'parley:';
export const EXPIRES = `${OWN}.expiresAt`;

function toUnique(fields: readonly string[]): UniqueKey {
  const name = fields.join('+');
  return { fields, name, path: `${OWN}.unique.${name}` };
}

/**
 * Declared indexes; each once more led by the owner (or tenant), since lists are of one owner while the plugin itself
 * searches all of them.
 */
function wantedFields({ scope, indexes }: Collection): readonly (readonly string[])[] {
  const lead = LEAD[scope];
  const declared = indexes.map(({ fields }) => fields);
  const led =
    lead === undefined ? [] : [...declared.filter(([first]) => first !== lead).map((f) => [lead, ...f]), [lead]];
  return [...declared, ...led];
}

/** Names of indexes as servers tell them apart that fold cases: `_t` is `T` and `__` is `_`. */
const indexName = (name: string): string =>
  INDEX_PREFIX + name.replace(/[A-Z_]/g, (sign) => (sign === '_' ? '__' : `_${sign.toLowerCase()}`));

function plainIndex(fields: readonly string[]): WantedIndex {
  // The id at the end lets the index deliver whole pages in order.
  const keys = [...new Set([...fields, 'id'])].map(toTopKey);
  const key = Object.fromEntries(keys.map((name) => [name, 1 as const]));
  return { name: indexName(fields.join(',')), key, options: {} };
}

function wantedIndexes(collection: Collection, uniques: readonly UniqueKey[]): readonly WantedIndex[] {
  const wanted = new Map<string, WantedIndex>();
  const add = (index: WantedIndex) => {
    const key = JSON.stringify(index.key);
    if (!wanted.has(key)) wanted.set(key, index);
  };
  for (const { name, path } of uniques) {
    add({ name: indexName(`unique:${name}`), key: { [path]: 1 }, options: { unique: true, sparse: true } });
  }
  for (const fields of wantedFields(collection)) add(plainIndex(fields));
  if (collection.ttl !== undefined) {
    add({ name: indexName('expires'), key: { [EXPIRES]: 1 }, options: { expireAfterSeconds: 0 } });
  }
  return [...wanted.values()];
}

/** The layout of `collection`. @throws STORAGE_INVALID when a name can't be used. */
export function createLayout(collection: Collection): Layout {
  const entity = entityName(collection.name);
  if (!COLLECTION.test(collection.name) || collection.name.length > 100) {
    const reason = 'expected a name like notes.note, of at most 100 signs';
    throw storageErrors.INVALID({ entity: collection.name.slice(0, 80), reason });
  }
  const { indexes, ttl } = collection;
  for (const field of [...indexes.flatMap(({ fields }) => fields), ...(ttl === undefined ? [] : [ttl])]) {
    checkField(field, entity);
  }
  const uniques = indexes.filter(({ unique }) => unique).map(({ fields }) => toUnique(fields));
  return {
    collection,
    entity,
    name: toCollectionName(collection.name),
    uniques,
    indexes: wantedIndexes(collection, uniques),
    shadows: JSON.stringify([uniques.map(({ name }) => name).toSorted(), ttl ?? '']),
  };
}

/** A field of a record; an inherited member is no field. */
export const valueOf = (record: StoredRecord, field: string): unknown =>
  Object.hasOwn(record, field) ? record[field] : undefined;

/** The value that must differ; `undefined` when a field is missing, which collides with nothing. */
export function uniqueValue(record: StoredRecord, { fields }: UniqueKey): string | undefined {
  const values = fields.map((field) => valueOf(record, field));
  if (values.includes(undefined)) return undefined;
  const text = JSON.stringify(values);
  return text.length <= LONGEST_KEY ? text : `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

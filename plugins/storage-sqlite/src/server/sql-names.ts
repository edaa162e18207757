import { storageErrors } from '@parley/contracts';

const COLLECTION = /^[A-Za-z0-9-]+(\.[A-Za-z0-9_-]+)+$/;

// SQLite folds the case of names: `Title` and `title` would be one column. `_t` is `T` and `__` is `_`.
const foldCase = (name: string): string =>
  name.replace(/[A-Z_]/g, (sign) => (sign === '_' ? '__' : `_${sign.toLowerCase()}`));

/** The column of an indexed field. */
export const toColumn = (field: string): string => (field === 'id' ? 'id' : `f_${foldCase(field)}`);

/** The field of a column that `toColumn` made. */
export const toFieldName = (column: string): string =>
  column === 'id'
    ? 'id'
    : column.slice('f_'.length).replace(/_(.)/g, (_, sign: string) => (sign === '_' ? '_' : sign.toUpperCase()));

/** The table of a collection, without quotes. @throws STORAGE_INVALID */
export function toTable(collection: string): string {
  if (COLLECTION.test(collection) && collection.length <= 200) return foldCase(collection);
  throw storageErrors.INVALID({ entity: collection.slice(0, 80), reason: 'expected a name like notes.note' });
}

/** A name as it stands in a statement. */
export const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

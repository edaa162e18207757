import { checkCollectionName } from '@parley/contracts';

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
export const toTable = (collection: string): string => foldCase(checkCollectionName(collection));

/** A name as it stands in a statement. */
export const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

import { checkField } from './conditions.ts';
import { storageErrors } from './storage-driver.ts';
import type { Collection } from './storage-driver.ts';

const NAME = /^[A-Za-z0-9-]+(\.[A-Za-z0-9_-]+)+$/;
const MAX_NAME = 200;

/** `name` when it is `<plugin id>.<entity name>`, so that it may name a table or a file. @throws STORAGE_INVALID */
export function checkCollectionName(name: unknown): string {
  if (typeof name === 'string' && NAME.test(name) && name.length <= MAX_NAME) return name;
  const entity = String(name).slice(0, 80);
  throw storageErrors.INVALID({ entity, reason: 'a collection is named like notes.note' });
}

/** `collection` when its name and the fields of its indexes are good, whatever the driver. @throws STORAGE_INVALID */
export function checkCollection(collection: Collection): Collection {
  const { name, indexes, ttl } = collection;
  checkCollectionName(name);
  const fields = [...indexes.flatMap((index) => index.fields), ...(ttl === undefined ? [] : [ttl])];
  for (const field of fields) checkField(field, name);
  if (fields.includes('__proto__'))
    throw storageErrors.INVALID({ entity: name, reason: '__proto__ can not be indexed' });
  return collection;
}

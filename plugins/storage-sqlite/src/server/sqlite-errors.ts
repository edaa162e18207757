import { storageErrors } from '@parley/contracts';
import { toFieldName } from './sql-names.ts';

const CONSTRAINT_PRIMARY_KEY = 1555;
const CONSTRAINT_UNIQUE = 2067;
const TOO_BIG = 18;
const FULL = 13;
/** Busy, locked, read-only, input/output, corrupt, can't open, no database, authorisation. */
const UNAVAILABLE = new Set([5, 6, 8, 10, 11, 14, 23, 26]);

/** `note` of `notes.note`: the name people know. */
export const entityName = (collection: string): string => collection.slice(collection.lastIndexOf('.') + 1);

/** What the message `UNIQUE constraint failed: notes.note.f_owner_id, notes.note.f_title` names, without the owner. */
function duplicateFields(message: string): readonly string[] {
  const columns = message.slice(message.indexOf(': ') + 2).split(', ');
  const fields = columns.map((column) => toFieldName(column.slice(column.lastIndexOf('.') + 1)));
  const named = fields.filter((field) => field !== 'ownerId' && field !== 'tenantId');
  return named.length > 0 ? named : fields;
}

/** What Node's errors carry; read without `instanceof`, which fails for errors of another realm, as in Jest. */
export function toNativeError(error: unknown): { code?: unknown; errcode?: number; message: string } {
  if (typeof error !== 'object' || error === null) return { message: '' };
  const { code, errcode, message } = error as { code?: unknown; errcode?: unknown; message?: unknown };
  return { code, message: String(message), ...(typeof errcode === 'number' ? { errcode } : {}) };
}

/** An error of SQLite as one of `storageErrors`; anything else as it is. */
export function toStorageError(error: unknown, collection: string): unknown {
  const { code, errcode, message } = toNativeError(error);
  const entity = entityName(collection);
  if (code === 'ENOSPC') return storageErrors.FULL({}, error);
  if (code === 'EIO') return storageErrors.UNAVAILABLE({}, error);
  if (errcode === undefined) return error;
  if (errcode === CONSTRAINT_UNIQUE || errcode === CONSTRAINT_PRIMARY_KEY) {
    return storageErrors.DUPLICATE({ entity, fields: duplicateFields(message) }, error);
  }
  const primary = errcode & 0xff;
  if (primary === FULL) return storageErrors.FULL({}, error);
  if (primary === TOO_BIG) return storageErrors.INVALID({ entity, reason: 'the record is too big' }, error);
  return UNAVAILABLE.has(primary) ? storageErrors.UNAVAILABLE({}, error) : error;
}

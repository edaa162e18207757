/** Where a document keeps what is the driver's own: version, time to live, unique values. */
export const OWN = '_parley';

// Signs that MongoDB gives a meaning to, or can not hold, in the name of a field; `%` begins what stands for them.
// oxlint-disable-next-line no-control-regex
const ODD = /[%$.\u0000]/g;
// The BSON library looks some names up in plain objects, and would find what every object inherits; FerretDB moves `_id`.
const RESERVED = new Set(['', '_id', '_bsontype', ...Object.getOwnPropertyNames(Object.prototype)]);
const RESERVED_ABOVE = new Set([OWN]);

const escape = (sign: string): string => `%${sign.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`;

function encode(key: string, isReserved: boolean): string {
  if (key === '') return '%';
  return isReserved ? escape(key.charAt(0)) + key.slice(1).replace(ODD, escape) : key.replace(ODD, escape);
}

/** The name of a field inside a document, with nothing in it that MongoDB reads as an operator or a path. */
export const toKey = (key: string): string => encode(key, RESERVED.has(key));

/** The same for a field of the record itself: `id` is `_id`. */
export const toTopKey = (key: string): string =>
  key === 'id' ? '_id' : encode(key, RESERVED.has(key) || RESERVED_ABOVE.has(key));

/** The field that `toKey` made `key` from. */
export const fromKey = (key: string): string =>
  key === '%'
    ? ''
    : key.replace(/%([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

/** The field that `toTopKey` made `key` from. */
export const fromTopKey = (key: string): string => (key === '_id' ? 'id' : fromKey(key));

/** The collection of the database that holds a Parley collection; `system.` is MongoDB's own. */
export const toCollectionName = (name: string): string => (name.startsWith('system.') ? `_${name}` : name);

/** `note` of `notes.note`: the name people know. */
export const entityName = (collection: string): string => collection.slice(collection.lastIndexOf('.') + 1);

/** Collections of the driver itself; no plugin's can have such a name, since theirs have a dot. */
export const OWN_COLLECTIONS = {
  catalog: 'parley_catalog',
  journal: 'parley_journal',
  terms: 'parley_terms',
  wanted: 'parley_wanted',
} as const;

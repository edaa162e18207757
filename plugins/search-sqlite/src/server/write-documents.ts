import type { SearchDocument } from '@parley/contracts';
import type { Database } from './database.ts';
import { toTerms } from './index-terms.ts';

/** Places for documents of one millisecond; more of them go on into the next ones. */
const PLACES = 1_024;
const LAST_MS = Math.floor(Number.MAX_SAFE_INTEGER / PLACES) - PLACES;
/** Owners are forgotten in steps of so many documents, so that nobody waits long for the file. */
const STEP = 1_000;
const MOST_FOLDS = 5;

/**
 * The first place of a millisecond. Documents lie in the order of their moments, so that the newest are the last ones of any
 * list, and a span of time is a span of places.
 */
export function placeOf(at: string): number {
  const atMs = Date.parse(at);
  const known = Number.isNaN(atMs) ? 0 : atMs;
  return Math.min(Math.max(known, -LAST_MS), LAST_MS) * PLACES;
}

function freePlace({ get }: Database, at: string): number {
  const last = get('SELECT max(place) AS place FROM documents WHERE place BETWEEN ? AND ?');
  for (let first = placeOf(at); ; first += PLACES) {
    const taken = last.get(first, first + PLACES - 1)?.['place'];
    if (typeof taken !== 'number') return first;
    if (taken < first + PLACES - 1) return taken + 1;
  }
}

function ownerOf({ get }: Database, { tenantId, ownerId }: SearchDocument): number {
  const find = get('SELECT owner FROM owners WHERE tenant_id = ? AND owner_id = ?');
  const known = find.get(tenantId, ownerId)?.['owner'];
  if (typeof known === 'number') return known;
  return Number(get('INSERT INTO owners (tenant_id, owner_id) VALUES (?, ?)').run(tenantId, ownerId).lastInsertRowid);
}

function forget({ run }: Database, place: number): void {
  run('DELETE FROM terms WHERE rowid = ?', place);
  run('DELETE FROM documents WHERE place = ?', place);
}

const findRecord = ({ get }: Database, collection: string, id: string) =>
  get('SELECT place, rev FROM documents WHERE collection = ? AND id = ?').get(collection, id) as
    | { readonly place: number; readonly rev: number }
    | undefined;

/** Counting a million rows takes long, so their number is kept. */
function addToCount({ run }: Database, added: number): void {
  if (added !== 0) run(`UPDATE meta SET value = value + ? WHERE key = 'documents'`, added);
}

/** Returns how many more documents there are. */
function putOne(database: Database, document: SearchDocument): number {
  const { collection, id, rev, parentId, at, text } = document;
  const known = findRecord(database, collection, id);
  if (known !== undefined && known.rev > rev) return 0;
  if (known !== undefined) forget(database, known.place);
  const owner = ownerOf(database, document);
  const place = freePlace(database, at);
  database.run(
    'INSERT INTO documents (place, owner, collection, id, rev, parent_id, at, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    place,
    owner,
    collection,
    id,
    rev,
    parentId ?? null,
    at,
    Object.values(text).join('\n\n'),
  );
  database.run('INSERT INTO terms (rowid, words) VALUES (?, ?)', place, toTerms(owner, document));
  return known === undefined ? 1 : 0;
}

/** Adds or replaces documents, all or none of them. */
export function putDocuments(database: Database, documents: readonly SearchDocument[]): void {
  database.within(() => {
    let added = 0;
    for (const document of documents) added += putOne(database, document);
    addToCount(database, added);
  });
}

/** Forgets documents by their ids. */
export function removeDocuments(database: Database, collection: string, ids: readonly string[]): void {
  database.within(() => {
    const known = ids.flatMap((id) => findRecord(database, collection, id) ?? []);
    const places = new Set(known.map(({ place }) => place));
    for (const place of places) forget(database, place);
    addToCount(database, -places.size);
  });
}

/** Forgets an owner and all of its documents, and lets the file forget their words too; may be begun again at any step. */
export function removeOwner(database: Database, tenantId: string, ownerId: string): void {
  const { get, run, within } = database;
  const owner = get('SELECT owner FROM owners WHERE tenant_id = ? AND owner_id = ?').get(tenantId, ownerId)?.['owner'];
  if (typeof owner === 'number') {
    const next = get('SELECT place FROM documents WHERE owner = ? LIMIT ?');
    for (let places = next.all(owner, STEP); places.length > 0; places = next.all(owner, STEP)) {
      within(() => {
        for (const { place } of places) forget(database, Number(place));
        addToCount(database, -places.length);
      });
    }
    // Words of deleted documents stay in the lists until these are written anew.
    run(`INSERT INTO terms (terms) VALUES ('optimize')`);
    run('DELETE FROM owners WHERE owner = ?', owner);
  }
  foldLog(database);
}

/** The log beside the file still holds what was there before; readers end within the time a search may take. */
function foldLog({ db }: Database): void {
  const isBusy = () => db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy'] !== 0;
  for (let tries = 0; isBusy(); tries += 1) {
    if (tries === MOST_FOLDS)
      throw new Error('its log could not be folded into the file: somebody reads it all the time');
  }
}

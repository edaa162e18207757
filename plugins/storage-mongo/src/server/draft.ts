import { checkId, parseWhere, storageErrors, toStored } from '@parley/contracts';
import type { StoredRecord, Write } from '@parley/contracts';
import type { Database } from './database.ts';
import { toRecord } from './documents.ts';
import type { StoredDocument } from './documents.ts';
import type { Layout, UniqueKey } from './layout.ts';
import { uniqueValue } from './layout.ts';
import { matches } from './matches.ts';
import type { Overlay } from './page.ts';

/** What happens to one record; without `after` it is removed. */
export interface Change {
  readonly layout: Layout;
  readonly id: string;
  /** As the database has it; absent for a new one. */
  readonly before: StoredRecord | undefined;
  readonly after: StoredRecord | undefined;
}

/** Changes that are decided and not yet made. */
export interface Draft {
  /** One record as it would be. */
  get(layout: Layout, id: string): Promise<StoredRecord | undefined>;
  overlay(layout: Layout): Overlay;
  /** Decides about a batch: all of it or, when it throws, nothing. */
  write(writes: readonly Write[]): Promise<readonly (StoredRecord | undefined)[]>;
  /** All that was decided, at most one change for each record. */
  changes(): readonly Change[];
}

type Changes = ReadonlyMap<string, ReadonlyMap<string, Change>>;

const EMPTY: ReadonlyMap<string, Change> = new Map();

// Up to here one by one, by `_id` and nothing else: what every server has an index for.
const FEW = 8;

/** Reads documents by their ids. */
export async function readDocuments(
  database: Database,
  layout: Layout,
  ids: readonly string[],
): Promise<ReadonlyMap<string, StoredDocument>> {
  const collection = database.of(layout);
  const found =
    ids.length <= FEW
      ? await Promise.all(ids.map((id) => collection.findOne({ _id: id })))
      : await collection.find({ _id: { $in: [...ids] } }).toArray();
  return new Map(found.flatMap((document) => (document === null ? [] : [[document._id, document as StoredDocument]])));
}

/** The names people know the fields of a unique value by, without the owner. */
export function namedFields({ fields }: UniqueKey): readonly string[] {
  const named = fields.filter((field) => field !== 'ownerId' && field !== 'tenantId');
  return named.length > 0 ? named : fields;
}

const idOf = (write: Write): string => (write.kind === 'insert' ? write.record.id : write.id);

/** The record that `write` makes of `before`. @throws STORAGE_NOT_FOUND, STORAGE_CONFLICT, STORAGE_DUPLICATE */
function decide(layout: Layout, write: Write, before: StoredRecord | undefined): StoredRecord | undefined {
  const { entity } = layout;
  if (write.kind === 'insert') {
    if (before !== undefined) throw storageErrors.DUPLICATE({ entity, fields: ['id'] });
    return toStored(write.record, entity);
  }
  const { id, rev } = write;
  if (before === undefined || !matches(parseWhere(write.where, entity), before)) {
    throw storageErrors.NOT_FOUND({ entity, id });
  }
  if (rev !== undefined && rev !== before.rev) throw storageErrors.CONFLICT({ entity, id });
  if (write.kind === 'delete') return undefined;
  return toStored({ ...before, ...write.patch, id: before.id, rev: before.rev + 1 }, entity);
}

/** Decides about one batch on top of `base`. */
async function decideAll(deps: DraftDeps, base: Changes, writes: readonly Write[]) {
  const changes = new Map([...base].map(([name, group]) => [name, new Map(group)]));
  const results: (StoredRecord | undefined)[] = [];
  const layouts = writes.map((write) => deps.layoutOf(write.collection));
  const stored = await deps.readBefore(writes, layouts, base);
  const touched: Change[] = [];
  const book = deps.isChecking ? createBook(base) : undefined;
  for (const [index, write] of writes.entries()) {
    const layout = layouts[index] as Layout;
    const id = checkId(idOf(write), layout.entity);
    const group = changes.get(layout.name) ?? new Map<string, Change>();
    changes.set(layout.name, group);
    const known = group.get(id);
    const before = known === undefined ? stored.get(layout.name)?.get(id) : known.before;
    const after = decide(layout, write, known === undefined ? before : known.after);
    const change = { layout, id, before, after };
    book?.move(change, known?.after);
    group.set(id, change);
    touched.push(change);
    results.push(after);
  }
  if (deps.isChecking) await refuseTaken(deps.database, touched, changes);
  return { changes, results };
}

/** Who has which unique value among the records of a draft. */
function createBook(changes: Changes) {
  const holders = new Map<string, string>();
  const keysOf = ({ name, uniques }: Layout, record: StoredRecord | undefined) =>
    uniques.flatMap((unique) => {
      const value = record === undefined ? undefined : uniqueValue(record, unique);
      return value === undefined ? [] : [{ unique, key: `${name} ${unique.name} ${value}` }];
    });
  for (const group of changes.values()) {
    for (const { layout, id, after } of group.values()) {
      for (const { key } of keysOf(layout, after)) holders.set(key, id);
    }
  }
  return {
    /** @throws STORAGE_DUPLICATE when another record of the draft has the value */
    move({ layout, id, after }: Change, earlier: StoredRecord | undefined): void {
      for (const { key } of keysOf(layout, earlier)) if (holders.get(key) === id) holders.delete(key);
      for (const { key, unique } of keysOf(layout, after)) {
        const holder = holders.get(key);
        if (holder !== undefined && holder !== id) {
          throw storageErrors.DUPLICATE({ entity: layout.entity, fields: namedFields(unique) });
        }
        holders.set(key, id);
      }
    },
  };
}

/** @throws STORAGE_DUPLICATE when a record of the database, which the draft leaves as it is, has the same unique value */
async function refuseTaken(database: Database, touched: readonly Change[], changes: Changes): Promise<void> {
  const layouts = new Set(touched.filter(({ after }) => after !== undefined).map(({ layout }) => layout));
  for (const layout of layouts) {
    for (const unique of layout.uniques) {
      const values = touched.flatMap((change) => {
        if (change.layout !== layout || change.after === undefined) return [];
        const value = uniqueValue(change.after, unique);
        const isKept = change.before !== undefined && uniqueValue(change.before, unique) === value;
        return value === undefined || isKept ? [] : [value];
      });
      if (values.length === 0) continue;
      const found = await database
        .of(layout)
        .find({ [unique.path]: { $in: values } }, { projection: { _id: 1 } })
        .toArray();
      const group = changes.get(layout.name) ?? EMPTY;
      if (found.some(({ _id }) => !group.has(_id))) {
        throw storageErrors.DUPLICATE({ entity: layout.entity, fields: namedFields(unique) });
      }
    }
  }
}

interface DraftDeps {
  readonly database: Database;
  readonly layoutOf: (collection: string) => Layout;
  /** Whether unique values and new ids are checked before the changes are made, as the server does not do it then. */
  readonly isChecking: boolean;
  readonly readBefore: (
    writes: readonly Write[],
    layouts: readonly Layout[],
    base: Changes,
  ) => Promise<ReadonlyMap<string, ReadonlyMap<string, StoredRecord>>>;
}

/** A draft on top of what the database holds. */
export function createDraft(options: Omit<DraftDeps, 'readBefore'>): Draft {
  const { database } = options;
  let decided: Changes = new Map();
  const readBefore: DraftDeps['readBefore'] = async (writes, layouts, base) => {
    const wanted = new Map<Layout, Set<string>>();
    for (const [index, write] of writes.entries()) {
      const layout = layouts[index] as Layout;
      if (write.kind === 'insert' && !options.isChecking) continue;
      const id = idOf(write);
      if (base.get(layout.name)?.has(id) === true) continue;
      wanted.set(layout, (wanted.get(layout) ?? new Set()).add(checkId(id, layout.entity)));
    }
    const found = new Map<string, ReadonlyMap<string, StoredRecord>>();
    for (const [layout, ids] of wanted) {
      const documents = await readDocuments(database, layout, [...ids]);
      found.set(layout.name, new Map([...documents].map(([id, document]) => [id, toRecord(document)])));
    }
    return found;
  };
  const deps: DraftDeps = { ...options, readBefore };
  return {
    async get(layout, id) {
      const change = decided.get(layout.name)?.get(id);
      if (change !== undefined) return change.after;
      const document = (await readDocuments(database, layout, [id])).get(id);
      return document === undefined ? undefined : toRecord(document);
    },
    overlay: ({ name }) => new Map([...(decided.get(name) ?? EMPTY)].map(([id, { after }]) => [id, after])),
    async write(writes) {
      const { changes, results } = await decideAll(deps, decided, writes);
      decided = changes;
      return results;
    },
    changes: () =>
      [...decided.values()].flatMap((group) =>
        [...group.values()].filter(({ before, after }) => before !== undefined || after !== undefined),
      ),
  };
}

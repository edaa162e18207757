import { newId, storageErrors } from '@parley/contracts';
import type {
  AnyEntity,
  Durability,
  NewRecord,
  Principal,
  Query,
  Store,
  StorageSession,
  StoredRecord,
  Where,
  Write,
} from '@parley/contracts';
import { kernelErrors } from '../kernel-errors.ts';
import type { Clock } from '../plugin-context.ts';
import { entityCheckOf } from './entity-check.ts';
import { ownershipOf } from './ownership.ts';

type Fields = Readonly<Record<string, unknown>>;

const MAX_LIMIT = 1000;

let lastMs = 0;
let lastInstant = new Date(lastMs).toISOString();

/** A moment as records keep it; those of one millisecond share the text. */
function toInstant(ms: number): string {
  if (ms !== lastMs) {
    lastInstant = new Date(ms).toISOString();
    lastMs = ms;
  }
  return lastInstant;
}

/** What a store is made of. */
export interface StoreOptions {
  /** The driver or its running transaction; asked at each use, so that it can refuse. */
  readonly session: () => StorageSession;
  readonly collection: string;
  readonly entity: AnyEntity;
  readonly principal: Principal;
  readonly clock: Clock;
}

/** The children of one parent. */
interface Bound {
  readonly field: string;
  readonly id: string;
}

/** A store of an entity with a parent; which of its methods a principal may use depends on the principal. */
export type ParentedStore = Store<Fields> & { within(parentId: string): Store<Fields> };

/**
 * The records of one entity as one principal may see them. Of an entity with a parent, anybody but the system reaches
 * single records `within` their parent only.
 * @throws KERNEL_ANONYMOUS_STORE
 */
export function createStore(options: StoreOptions): Store<Fields> | ParentedStore {
  const { entity, principal } = options;
  const store = bindStore(options);
  const field = entity.parent;
  if (field === undefined) return store;
  const within = (id: string) => bindStore(options, { field, id });
  if (principal.kind === 'system') return { ...store, within };
  const refuse = (method: string) => async () => {
    throw kernelErrors.PARENT_NEEDED({ entity: entity.name, parent: field, method });
  };
  return {
    ...store,
    within,
    get: refuse('get'),
    find: refuse('find'),
    update: refuse('update'),
    delete: refuse('delete'),
  };
}

function bindStore({ session, collection, entity, principal, clock }: StoreOptions, bound?: Bound): Store<Fields> {
  const check = entityCheckOf(entity);
  const ownership = ownershipOf(entity, principal);
  const where = bound === undefined ? ownership.where : { ...ownership.where, [bound.field]: bound.id };
  const narrow = (wanted?: Where<StoredRecord>): Where<StoredRecord> =>
    wanted === undefined ? where : { and: [where, wanted] };
  const now = () => toInstant(clock.now());

  const toInsert = ({ id, ownerId, ...fields }: NewRecord<Fields>, createdAt: string): Write => ({
    kind: 'insert',
    collection,
    record: {
      ...check.record(ofParent(entity, fields, bound)),
      id: id ?? newId(),
      tenantId: principal.tenantId,
      ...ownership.ownerOf(ownerId),
      createdAt,
      updatedAt: createdAt,
      rev: 1,
    },
  });

  const insertMany = async (records: readonly NewRecord<Fields>[], durability?: Durability) => {
    if (records.length === 0) return [];
    const createdAt = now();
    const written = await session().write(
      records.map((record) => toInsert(record, createdAt)),
      durability,
    );
    return written as readonly StoredRecord[];
  };

  const find = (id: string) => session().get(collection, id, where);

  return {
    find,
    async get(id) {
      const record = await find(id);
      if (record === undefined) throw storageErrors.NOT_FOUND({ entity: entity.name, id });
      return record;
    },
    async list(query) {
      const wanted = query as unknown as Query<StoredRecord>;
      if (!Number.isInteger(wanted.limit) || wanted.limit < 1 || wanted.limit > MAX_LIMIT) {
        const reason = `limit: expected a whole number from 1 to ${MAX_LIMIT}, got ${wanted.limit}`;
        throw storageErrors.INVALID({ entity: entity.name, reason });
      }
      return await session().find(collection, { ...wanted, where: narrow(wanted.where) });
    },
    count: async (wanted) => await session().count(collection, narrow(wanted)),
    async insert(record, durability) {
      const [inserted] = await insertMany([record], durability);
      return inserted as StoredRecord;
    },
    insertMany,
    async update(id, fields, rev) {
      refuseNewParent(entity, fields);
      const patch = { ...check.patch(fields), updatedAt: now() };
      const write: Write = { kind: 'update', collection, id, where, patch, ...(rev === undefined ? {} : { rev }) };
      const [updated] = await session().write([write]);
      return updated as StoredRecord;
    },
    async delete(id, rev) {
      await session().write([{ kind: 'delete', collection, id, where, ...(rev === undefined ? {} : { rev }) }]);
    },
  };
}

/** The fields of a new child with its parent filled in. @throws STORAGE_INVALID when they name another one */
function ofParent({ name, parent }: AnyEntity, fields: Fields, bound: Bound | undefined): Fields {
  if (bound === undefined || parent === undefined) return fields;
  const named = fields[parent] ?? bound.id;
  if (named === bound.id) return { ...fields, [parent]: bound.id };
  throw storageErrors.INVALID({ entity: name, reason: `${parent}: expected ${bound.id}, whose children these are` });
}

/** @throws STORAGE_INVALID when a patch would give a child another parent */
function refuseNewParent({ name, parent }: AnyEntity, patch: Fields): void {
  if (parent === undefined || !Object.hasOwn(patch, parent)) return;
  throw storageErrors.INVALID({ entity: name, reason: `${parent}: a record stays with its parent` });
}

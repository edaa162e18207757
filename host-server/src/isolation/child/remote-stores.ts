import type { AnyEntity, Principal, StoreOf, Transaction } from '@parley/contracts';
import { entityCheckOf, kernelErrors } from '@parley/kernel';
import type { StoreCall } from '../host-api.ts';
import type { HostClient } from './host-client.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The stores of a plugin; the host keeps the records and decides who sees which. */
export interface RemoteStores {
  store<E extends AnyEntity, By extends Principal>(entity: E, principal: By): StoreOf<E, By>;
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
}

/** What the store puts aside before the schema sees a new record, and the parent it fills in. */
const checkRecord = (entity: AnyEntity, { id, ownerId, ...fields }: Fields, parentId?: string): Fields => ({
  ...entityCheckOf(entity).record(
    entity.parent === undefined || parentId === undefined ? fields : { [entity.parent]: parentId, ...fields },
  ),
  ...(id === undefined ? {} : { id }),
  ...(ownerId === undefined ? {} : { ownerId }),
});

/** Stores whose every call goes to the host; what is written fits the entity's schema before it leaves. */
export function createRemoteStores(pluginId: string, entities: readonly AnyEntity[], host: HostClient): RemoteStores {
  const storeOver = (entity: AnyEntity, principal: Principal, transaction?: unknown) => {
    if (!entities.includes(entity)) {
      const what = `the entity ${entity.name}`;
      throw kernelErrors.UNDECLARED({ plugin: pluginId, what, line: `entities: [${entity.name}]` });
    }
    const storeOf = (parentId?: string) => {
      const ask = async (method: StoreCall['method'], ...args: readonly unknown[]) => {
        const place = {
          ...(parentId === undefined ? {} : { parentId }),
          ...(transaction === undefined ? {} : { transaction }),
        };
        return await host.call('store', { entity: entity.name, principal, method, args, ...place } satisfies StoreCall);
      };
      const checked = (record: Fields) => checkRecord(entity, record, parentId);
      return {
        get: (id: string) => ask('get', id),
        find: (id: string) => ask('find', id),
        list: (query: unknown) => ask('list', query),
        count: (where?: unknown) => ask('count', where),
        insert: async (record: Fields, durability?: string) => await ask('insert', checked(record), durability),
        insertMany: async (records: readonly Fields[], durability?: string) =>
          await ask('insertMany', records.map(checked), durability),
        update: async (id: string, patch: Fields, rev?: number) =>
          await ask('update', id, entityCheckOf(entity).patch(patch), rev),
        delete: async (id: string, rev?: number) => void (await ask('delete', id, rev)),
      };
    };
    return entity.parent === undefined ? storeOf() : { ...storeOf(), within: storeOf };
  };
  return {
    store: <E extends AnyEntity, By extends Principal>(entity: E, principal: By) =>
      storeOver(entity, principal) as unknown as StoreOf<E, By>,
    async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
      let result: { readonly value: T } | undefined;
      let failed: { readonly error: unknown } | undefined;
      const run = async (transaction: unknown) => {
        // The host's transaction itself, so that another plugin's capability can take it; here it also gives stores.
        const tx = transaction as Transaction & { store: unknown };
        Object.defineProperty(tx, 'store', {
          configurable: true,
          value: (entity: AnyEntity, principal: Principal) => storeOver(entity, principal, transaction),
        });
        try {
          result = { value: await work(tx) };
        } catch (error) {
          failed = { error };
          throw error;
        }
      };
      try {
        await host.call('transaction', run);
      } catch (error) {
        throw failed === undefined ? error : failed.error;
      }
      if (result === undefined) throw new Error('The host ended a transaction without running it');
      return result.value;
    },
  };
}

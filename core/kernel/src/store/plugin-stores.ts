import type { AnyEntity, Principal, StorageDriver, StorageSession, StoreOf, Transaction } from '@parley/contracts';
import { kernelErrors } from '../kernel-errors.ts';
import type { Clock } from '../plugin-context.ts';
import { collectionName } from './collection.ts';
import type { Guard } from '../permissions/guard.ts';
import { createStore } from './create-store.ts';
import type { SearchOutbox } from './search-outbox.ts';

/** The stores of one generation of a plugin. */
export interface PluginStores extends Transaction {
  /** Runs `work` with stores whose reads and writes happen together or not at all. */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
}

/** What the stores of a plugin are made of. */
export interface PluginStoresOptions {
  readonly pluginId: string;
  readonly entities: readonly AnyEntity[];
  readonly driver: StorageDriver | undefined;
  readonly clock: Clock;
  readonly outbox: Pick<SearchOutbox, 'over'>;
  readonly guard: Pick<Guard, 'storage' | 'undeclared'>;
  /** Throws once the plugin has stopped. */
  readonly assertUsable: (member: string) => void;
}

/** Which plugins declare an entity, so that a transaction of one can hold records of another. */
const homes = new WeakMap<AnyEntity, Set<string>>();

/** Stores for the entities a plugin declares, over the storage driver it started with. */
export function createPluginStores(options: PluginStoresOptions): PluginStores {
  const { pluginId, entities, driver, clock, outbox, guard, assertUsable } = options;

  for (const entity of entities) homes.set(entity, (homes.get(entity) ?? new Set()).add(pluginId));

  const undeclared = (what: string, line: string) => guard.undeclared('storage', what, line);
  const storeOver = <E extends AnyEntity, By extends Principal>(
    session: () => StorageSession,
    entity: E,
    principal: By,
  ): StoreOf<E, By> => {
    if (!entities.includes(entity)) {
      const isSameName = entities.some((declared) => declared.name === entity.name);
      throw undeclared(
        isSameName ? `another definition of the entity ${entity.name}` : `the entity ${entity.name}`,
        `entities: [${entity.name}]`,
      );
    }
    return storeOf(session, pluginId, entity, principal);
  };
  const storeOf = <E extends AnyEntity, By extends Principal>(
    session: () => StorageSession,
    home: string,
    entity: E,
    principal: By,
  ): StoreOf<E, By> => {
    const collection = collectionName(home, entity);
    const noted = () => outbox.over(session(), collection, entity);
    return createStore({ session: noted, collection, entity, principal, clock }) as unknown as StoreOf<E, By>;
  };
  // Another plugin's capability that received the transaction asks for its own entities, which only it can name.
  const storeWithin = <E extends AnyEntity, By extends Principal>(
    session: () => StorageSession,
    entity: E,
    principal: By,
  ): StoreOf<E, By> => {
    const [home, ...others] = homes.get(entity) ?? [];
    if (entities.includes(entity) || home === undefined || others.length > 0)
      return storeOver(session, entity, principal);
    return storeOf(session, home, entity, principal);
  };
  const driverFor = (member: string): StorageDriver => {
    assertUsable(member);
    guard.storage(member);
    if (driver === undefined) throw undeclared('records', 'entities: [...]');
    return driver;
  };

  return {
    store: (entity, principal) => {
      guard.storage('ctx.store');
      return storeOver(() => driverFor('a store'), entity, principal);
    },
    transaction: async (work) => {
      return await driverFor('ctx.transaction').transaction(async (session) => {
        let isOpen = true;
        const guarded = () => {
          if (!isOpen) throw kernelErrors.TRANSACTION_OVER({ plugin: pluginId });
          return session;
        };
        try {
          return await work({ store: (entity, principal) => storeWithin(guarded, entity, principal) });
        } finally {
          isOpen = false;
        }
      });
    },
  };
}

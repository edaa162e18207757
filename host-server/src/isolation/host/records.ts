import type { AnyEntity, ChildStore, Transaction } from '@parley/contracts';
import type { PluginContext } from '@parley/kernel';
import type { HostApi } from '../host-api.ts';
import { isolationErrors } from '../isolation-errors.ts';
import { byReference } from '../wire/handles.ts';
import { methodOf } from '../wire/method-kinds.ts';

const METHODS = new Set(['get', 'find', 'list', 'count', 'insert', 'insertMany', 'update', 'delete']);

/** Records and transactions of one child, through the stores of its plugin. */
export function createRecords(
  ctx: PluginContext<unknown>,
  entities: readonly AnyEntity[],
  timeoutMs: number,
): Pick<HostApi, 'store' | 'transaction'> {
  const open = new WeakSet<object>();
  return {
    async store({ entity: name, principal, method, args, parentId, transaction }) {
      const entity = entities.find((each) => each.name === name);
      if (entity === undefined || !METHODS.has(method)) throw isolationErrors.GONE({ what: `the entity ${name}` });
      if (transaction !== undefined && !open.has(transaction as object)) {
        throw isolationErrors.GONE({ what: 'a transaction that is over' });
      }
      const holder = (transaction as Transaction | undefined) ?? ctx;
      const store = holder.store(entity, principal) as ChildStore<Readonly<Record<string, unknown>>, string>;
      const place = parentId === undefined || entity.parent === undefined ? store : store.within(parentId);
      return await methodOf(place, method)?.(...args);
    },
    async transaction(work) {
      await ctx.transaction(async (tx) => {
        open.add(tx);
        const late = Promise.withResolvers<never>();
        const timer = setTimeout(
          () => late.reject(isolationErrors.TRANSACTION_TIMEOUT({ plugin: ctx.id, timeoutMs })),
          timeoutMs,
        );
        try {
          await Promise.race([work(byReference(tx, 'a transaction')), late.promise]);
        } finally {
          clearTimeout(timer);
          open.delete(tx);
        }
      });
    },
  };
}

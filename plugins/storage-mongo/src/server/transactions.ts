import { AsyncLocalStorage } from 'node:async_hooks';
import { storageErrors } from '@parley/contracts';
import type { Durability, StorageSession } from '@parley/contracts';
import type { Draft } from './draft.ts';
import { errors } from './errors.ts';

/** An open transaction. */
interface Scope {
  isOpen: boolean;
  durability: Durability;
}

/** Transactions: what one writes is a draft until its work is through. */
export interface Transactions {
  /** @throws STORAGE_NESTED_WRITE inside the work of an open transaction, which would wait for itself */
  forbidInside(): void;
  /** Runs `work` on `draft`. Gives its result and the strongest durability that was asked for. */
  run<T>(
    draft: Draft,
    reads: Omit<StorageSession, 'write'>,
    work: (session: StorageSession) => Promise<T>,
    timeoutMs: number,
  ): Promise<{ readonly result: T; readonly durability: Durability }>;
}

async function within<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(errors.TRANSACTION_TIMEOUT({ timeoutMs })), timeoutMs);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/** The transactions of one driver. */
export function createTransactions(): Transactions {
  const scopes = new AsyncLocalStorage<Scope>();
  return {
    forbidInside() {
      if (scopes.getStore()?.isOpen === true) throw storageErrors.NESTED_WRITE();
    },
    async run(draft, reads, work, timeoutMs) {
      const scope: Scope = { isOpen: true, durability: 'relaxed' };
      const check = (): void => {
        if (!scope.isOpen) throw errors.TRANSACTION_ENDED();
      };
      const session: StorageSession = {
        get: async (...call) => (check(), reads.get(...call)),
        find: async (...call) => (check(), reads.find(...call)),
        count: async (...call) => (check(), reads.count(...call)),
        async write(writes, durability = 'full') {
          check();
          const results = await draft.write(writes);
          if (durability === 'full') scope.durability = 'full';
          return results;
        },
      };
      try {
        const result = await within(
          scopes.run(scope, async () => work(session)),
          timeoutMs,
        );
        return { result, durability: scope.durability };
      } finally {
        scope.isOpen = false;
      }
    },
  };
}

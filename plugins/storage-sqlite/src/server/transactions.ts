import { AsyncLocalStorage } from 'node:async_hooks';
import { storageErrors } from '@parley/contracts';
import type { Durability, StorageSession } from '@parley/contracts';
import { errors } from './errors.ts';
import { createReads, runOn } from './reads.ts';
import { createRecordsSeen } from './records-seen.ts';
import { toStorageError } from './sqlite-errors.ts';
import type { Statements } from './statements.ts';
import type { TableLayout } from './table-layout.ts';
import { whenUnlocked } from './when-unlocked.ts';
import type { WriteQueue } from './write-queue.ts';
import { applyWrites } from './writes.ts';

/** Interactive transactions on the writing connection, one at a time. */
export interface Transactions {
  /** Whether one is open now, so that the writing connection shows what is not committed. */
  isOpen(): boolean;
  /** @throws STORAGE_NESTED_WRITE inside the work of an open transaction, which would wait for itself */
  forbidInside(): void;
  /** Resolves, once committed, with the result and the strongest durability that was asked for. */
  run<T>(work: (session: StorageSession) => Promise<T>): Promise<{ result: T; durability: Durability }>;
}

interface Scope {
  isOpen: boolean;
  durability: Durability;
}

function createSession(
  statements: Statements,
  findLayout: (collection: string) => TableLayout,
  scope: Scope,
): StorageSession {
  const connection = (): Statements => {
    if (!scope.isOpen) throw errors.TRANSACTION_ENDED();
    return statements;
  };
  const seen = createRecordsSeen();
  return {
    ...createReads({ findLayout, connection, run: runOn(connection), seen }),
    write: async (writes, durability = 'full') => {
      const results = applyWrites(connection(), findLayout, writes, seen);
      if (durability === 'full') scope.durability = 'full';
      return results;
    },
  };
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

/** Transactions on `statements`, in turn with the plain writes of `queue`. */
export function createTransactions(deps: {
  readonly statements: Statements;
  readonly findLayout: (collection: string) => TableLayout;
  readonly queue: WriteQueue;
  /** Longest time of one, asked for when it begins. Units: milliseconds. */
  readonly timeoutMs: () => number;
  /** How long one waits for a lock of another process. Units: milliseconds. */
  readonly busyTimeoutMs: () => number;
}): Transactions {
  const { statements, findLayout, queue, timeoutMs, busyTimeoutMs } = deps;
  const scopes = new AsyncLocalStorage<Scope>();
  let open: Scope | undefined;

  async function attempt<T>(scope: Scope, work: (session: StorageSession) => Promise<T>, untilMs: number): Promise<T> {
    const { db } = statements;
    const session = createSession(statements, findLayout, scope);
    await whenUnlocked(() => statements.get('BEGIN IMMEDIATE').run(), untilMs);
    try {
      const result = await within(
        scopes.run(scope, async () => work(session)),
        timeoutMs(),
      );
      statements.get('COMMIT').run();
      return result;
    } finally {
      scope.isOpen = false;
      if (db.isTransaction) db.exec('ROLLBACK');
    }
  }

  return {
    isOpen: () => open !== undefined,
    forbidInside: () => {
      if (scopes.getStore()?.isOpen === true) throw storageErrors.NESTED_WRITE();
    },
    run: async (work) => {
      const untilMs = performance.now() + busyTimeoutMs();
      await queue.enter();
      const scope: Scope = { isOpen: true, durability: 'relaxed' };
      open = scope;
      try {
        return { result: await attempt(scope, work, untilMs), durability: scope.durability };
      } catch (error) {
        throw toStorageError(error, 'storage.record');
      } finally {
        open = undefined;
        queue.leave();
      }
    },
  };
}

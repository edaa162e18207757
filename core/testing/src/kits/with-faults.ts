import type { StorageDriver, StorageSession } from '@parley/contracts';

/**
 * Decides about one call before the driver sees it: throwing fails the call, waiting makes it slow.
 * Shape: `count` is how many calls of this method there were, this one included.
 */
export type FaultPlan = (method: keyof StorageDriver, count: number) => void | Promise<void>;

/** `driver` with faults put in, also for the calls inside its transactions. */
export function withFaults(driver: StorageDriver, plan: FaultPlan): StorageDriver {
  const counts = new Map<string, number>();
  const pass = async (method: keyof StorageDriver): Promise<void> => {
    const count = (counts.get(method) ?? 0) + 1;
    counts.set(method, count);
    await plan(method, count);
  };
  const wrap = (session: StorageSession): StorageSession => ({
    get: async (...call) => pass('get').then(() => session.get(...call)),
    find: async (...call) => pass('find').then(() => session.find(...call)),
    count: async (...call) => pass('count').then(() => session.count(...call)),
    write: async (...call) => pass('write').then(() => session.write(...call)),
  });
  return {
    ...wrap(driver),
    prepare: async (collections) => pass('prepare').then(() => driver.prepare(collections)),
    transaction: async (work) => pass('transaction').then(() => driver.transaction((session) => work(wrap(session)))),
    async *backup(options) {
      await pass('backup');
      yield* driver.backup(options);
    },
    restore: async (batches) => pass('restore').then(() => driver.restore(batches)),
    statistics: async () => pass('statistics').then(() => driver.statistics()),
  };
}

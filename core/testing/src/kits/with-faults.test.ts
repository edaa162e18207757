import { expect, it } from '@jest/globals';
import type { StorageDriver, StorageSession } from '@parley/contracts';
import { withFaults } from './with-faults.ts';

const session: StorageSession = {
  get: async () => undefined,
  find: async () => ({ items: [] }),
  count: async () => 7,
  write: async () => [undefined],
};
const driver: StorageDriver = {
  ...session,
  prepare: async () => undefined,
  transaction: async (work) => work(session),
  async *backup() {},
  restore: async () => undefined,
  statistics: async () => ({ collections: [] }),
};

it('fails the call the plan names and passes the others on', async () => {
  const faulty = withFaults(driver, (method, count) => {
    if (method === 'write' && count === 2) throw new Error('the second write');
  });
  await expect(faulty.write([])).resolves.toEqual([undefined]);
  await expect(faulty.write([])).rejects.toThrow('the second write');
  await expect(faulty.write([])).resolves.toEqual([undefined]);
  await expect(faulty.count('c', {})).resolves.toBe(7);
});

it('counts calls inside transactions too', async () => {
  const seen: string[] = [];
  const faulty = withFaults(driver, (method, count) => {
    seen.push(`${method} ${count}`);
  });
  await faulty.write([]);
  await faulty.transaction((inside) => inside.write([]));
  expect(seen).toEqual(['write 1', 'transaction 1', 'write 2']);
});

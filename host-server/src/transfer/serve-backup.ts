import { storageDriver } from '@parley/contracts';
import type { Handlers, RecordBatch } from '@parley/contracts';
import type { Kernel } from '@parley/kernel';
import type { backupContract } from './backup-contract.ts';
import { countRecords } from './count-records.ts';

/** The server's side of a backup; the storage plugin that began one ends it, also when it is replaced meanwhile. */
export function createBackupHandlers(
  kernel: Kernel,
  keyFingerprint: string,
): Handlers<typeof backupContract.operations> {
  const storage = kernel.live(storageDriver);
  async function* records(signal: AbortSignal): AsyncGenerator<RecordBatch> {
    using lease = storage.lease();
    yield* lease.value.backup({ signal });
  }
  return {
    async describe() {
      using lease = storage.lease();
      const driver = storage.descriptors().get(lease.key)?.title ?? lease.key;
      return { driver, records: countRecords(await lease.value.statistics()), keyFingerprint };
    },
    records: (_input, { signal }) => records(signal),
  };
}

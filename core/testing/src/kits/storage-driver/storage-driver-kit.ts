import { storageDriver } from '@parley/contracts';
import { defineKit } from '../kit.ts';
import { backupCases } from './backup-cases.ts';
import { filterCases } from './filter-cases.ts';
import { orderCases } from './order-cases.ts';
import { raceCases } from './race-cases.ts';
import { recordCases } from './record-cases.ts';
import type { StorageSubject } from './subject.ts';
import { restoreCases } from './restore-cases.ts';
import { transactionCases } from './transaction-cases.ts';
import { upkeepCases } from './upkeep-cases.ts';
import { valueCases } from './value-cases.ts';
import { writeCases } from './write-cases.ts';

/** What every `storage-driver` must do. */
export const storageDriverKit = defineKit<StorageSubject>({
  capability: storageDriver.id,
  cases: [
    ...recordCases,
    ...valueCases,
    ...orderCases,
    ...filterCases,
    ...writeCases,
    ...raceCases,
    ...transactionCases,
    ...upkeepCases,
    ...backupCases,
    ...restoreCases,
  ],
});

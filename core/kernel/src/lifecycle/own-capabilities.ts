import { ownedRecords, storageDriver, storageErrors } from '@parley/contracts';
import type { AnyCapability, StorageDriver } from '@parley/contracts';
import type { CapabilityRegistry } from '../capabilities/capability-registry.ts';
import { createOwnedRecords } from '../store/owned-records.ts';
import { HoldCount } from './hold-count.ts';

/** The storage driver that serves now. @throws STORAGE_UNAVAILABLE without one */
export const presentDriver = (capabilities: CapabilityRegistry) => (): StorageDriver => {
  const provision = capabilities.select(storageDriver)[0];
  if (provision === undefined) throw storageErrors.UNAVAILABLE();
  return provision.implementation as StorageDriver;
};

/** Provides something in the kernel's own name, in every composition; `KERNEL_PROVIDES` names it too. */
export function provideOwn(capabilities: CapabilityRegistry, capability: AnyCapability, implementation: object): void {
  const owner = { number: 0, uses: new HoldCount(), dependents: new HoldCount() };
  capabilities.provide({
    capability,
    key: 'kernel',
    pluginId: 'kernel',
    owner,
    implementation,
    descriptor: {},
    leases: 0,
  });
}

/** Provides what the database holds of people, for plugins that may export and erase it. */
export const provideOwnedRecords = (capabilities: CapabilityRegistry): void =>
  provideOwn(capabilities, ownedRecords, createOwnedRecords(presentDriver(capabilities)));

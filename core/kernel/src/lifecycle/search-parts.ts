import { searchIndex, searchSource, storageDriver, storageErrors } from '@parley/contracts';
import type { AnyEntity, StorageDriver } from '@parley/contracts';
import type { CapabilityRegistry } from '../capabilities/capability-registry.ts';
import type { Clock } from '../plugin-context.ts';
import { collectionName } from '../store/collection.ts';
import { createSearchOutbox } from '../store/search-outbox.ts';
import type { SearchOutbox } from '../store/search-outbox.ts';
import { createSearchSource } from '../store/search-source.ts';
import type { Composed } from './compose.ts';
import { HoldCount } from './hold-count.ts';
import { isServing } from './plugin-record.ts';

/** What the kernel does so that records can be searched for. */
export interface SearchParts {
  readonly outbox: SearchOutbox;
}

const entitiesOf = ({ records }: Composed): ReadonlyMap<string, AnyEntity> =>
  new Map(
    records
      .filter(isServing)
      .flatMap(({ manifest, use }) =>
        (use.plugin.entities ?? []).map((entity) => [collectionName(manifest.id, entity), entity] as const),
      ),
  );

const providesIndex = ({ records }: Composed): boolean =>
  records.some(({ manifest }) => manifest.provides.some(({ capability }) => capability === searchIndex.id));

/** Makes the outbox and offers what an index is filled from, in the kernel's own name. */
export function createSearchParts(parts: {
  readonly clock: Clock;
  readonly composed: () => Composed;
  readonly capabilities: CapabilityRegistry;
}): SearchParts {
  const { clock, composed, capabilities } = parts;
  const driver = (): StorageDriver => {
    const provision = capabilities.select(storageDriver)[0];
    if (provision === undefined) throw storageErrors.UNAVAILABLE();
    return provision.implementation as StorageDriver;
  };
  const outbox = createSearchOutbox({ clock, hasIndex: () => providesIndex(composed()) });
  capabilities.provide({
    capability: searchSource,
    key: 'kernel',
    pluginId: 'kernel',
    owner: { number: 0, uses: new HoldCount(), dependents: new HoldCount() },
    implementation: createSearchSource({ driver, entities: () => entitiesOf(composed()), outbox }),
    descriptor: {},
    leases: 0,
  });
  return { outbox };
}

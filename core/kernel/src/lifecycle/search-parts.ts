import { searchIndex, searchSource } from '@parley/contracts';
import type { AnyEntity } from '@parley/contracts';
import type { CapabilityRegistry } from '../capabilities/capability-registry.ts';
import type { Clock } from '../plugin-context.ts';
import { collectionName } from '../store/collection.ts';
import { createSearchOutbox } from '../store/search-outbox.ts';
import type { SearchOutbox } from '../store/search-outbox.ts';
import { createSearchSource } from '../store/search-source.ts';
import type { Composed } from './compose.ts';
import { presentDriver, provideOwn } from './own-capabilities.ts';
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
  const driver = presentDriver(capabilities);
  const outbox = createSearchOutbox({ clock, hasIndex: () => providesIndex(composed()) });
  provideOwn(
    capabilities,
    searchSource,
    createSearchSource({ driver, entities: () => entitiesOf(composed()), outbox }),
  );
  return { outbox };
}

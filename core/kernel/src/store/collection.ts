import type { AnyEntity, Collection } from '@parley/contracts';

const OWNER_FIELDS = { user: ['ownerId'], tenant: ['tenantId'], global: [] } as const;

/** Name of an entity's collection: two plugins can not collide. */
export const collectionName = (pluginId: string, entity: Pick<AnyEntity, 'name'>): string =>
  `${pluginId}.${entity.name}`;

/** What a storage driver must know of an entity. Unique indexes hold within one owner or tenant. */
export function toCollection(pluginId: string, entity: AnyEntity): Collection {
  return {
    name: collectionName(pluginId, entity),
    scope: entity.scope,
    version: entity.version,
    indexes: (entity.indexes ?? []).map(({ fields, unique = false }) => ({
      fields: unique ? [...OWNER_FIELDS[entity.scope], ...fields] : fields,
      unique,
    })),
    ...(entity.ttl === undefined ? {} : { ttl: entity.ttl }),
    ...(entity.migrate === undefined ? {} : { migrate: entity.migrate }),
  };
}

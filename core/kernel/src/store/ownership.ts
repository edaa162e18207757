import { storageErrors } from '@parley/contracts';
import type { AnyEntity, Principal, StoredRecord, Where } from '@parley/contracts';
import { kernelErrors } from '../kernel-errors.ts';

/** What binds the records of one entity to one principal. */
export interface Ownership {
  /** Narrows every read and write to what the principal may see. */
  readonly where: Where<StoredRecord>;
  /** The owner of a new record. @throws STORAGE_INVALID when the caller names an owner it may not */
  ownerOf(wanted: string | undefined): { readonly ownerId?: string };
}

function scopeOf(entity: AnyEntity, principal: Principal): Where<StoredRecord> {
  if (entity.scope === 'global') return {};
  if (entity.scope === 'tenant' || principal.kind === 'system') return { tenantId: principal.tenantId };
  return { tenantId: principal.tenantId, ownerId: principal.id };
}

/** The binding of an entity's records to a principal. @throws KERNEL_ANONYMOUS_STORE */
export function ownershipOf(entity: AnyEntity, principal: Principal): Ownership {
  if (principal.kind === 'anonymous') throw kernelErrors.ANONYMOUS_STORE({ entity: entity.name });
  const invalid = (reason: string) => storageErrors.INVALID({ entity: entity.name, reason });
  return {
    where: scopeOf(entity, principal),
    ownerOf(wanted) {
      if (entity.scope !== 'user') {
        if (wanted !== undefined) throw invalid(`ownerId: records of scope ${entity.scope} have no owner`);
        return {};
      }
      if (principal.kind === 'system') {
        if (wanted === undefined) throw invalid('ownerId: a system principal must name the owner');
        return { ownerId: wanted };
      }
      if (wanted !== undefined && wanted !== principal.id) throw invalid('ownerId: it must be the principal itself');
      return { ownerId: principal.id };
    },
  };
}

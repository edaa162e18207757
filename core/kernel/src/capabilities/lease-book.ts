import type { Lease } from '@parley/contracts';
import type { Provision } from './capability-registry.ts';

/** The leases of one holder, a plugin or a pin, so that none outlives it. */
export interface LeaseBook {
  take(provision: Provision): Lease<unknown>;
  /** Gives back what is still held. */
  releaseAll(): void;
}

function count(provision: Provision, by: 1 | -1): void {
  provision.leases += by;
  if (by === 1) provision.owner.uses.add();
  else provision.owner.uses.remove();
}

/** An empty book. What is taken through it ends with its `parent` too. */
export function createLeaseBook(parent?: LeaseBook): LeaseBook {
  const held = new Set<() => void>();
  return {
    take(provision) {
      const inParent = parent?.take(provision);
      if (inParent === undefined) count(provision, 1);
      const release = () => {
        if (!held.delete(release)) return;
        if (inParent === undefined) count(provision, -1);
        else inParent[Symbol.dispose]();
      };
      held.add(release);
      return { value: provision.implementation, key: provision.key, [Symbol.dispose]: release };
    },
    releaseAll() {
      for (const release of held) release();
    },
  };
}

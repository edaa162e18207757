import type { Lease } from '@parley/contracts';
import type { Provision } from './capability-registry.ts';

/** The leases of one holder, a plugin or a pin, so that none outlives it. */
export interface LeaseBook {
  take(provision: Provision): Lease<unknown>;
  /** Gives back what is still held. */
  releaseAll(): void;
}

/** An empty book. */
export function createLeaseBook(): LeaseBook {
  const held = new Set<() => void>();
  return {
    take(provision) {
      provision.leases += 1;
      const release = () => {
        if (held.delete(release)) provision.leases -= 1;
      };
      held.add(release);
      return { value: provision.implementation, key: provision.key, [Symbol.dispose]: release };
    },
    releaseAll() {
      for (const release of held) release();
    },
  };
}

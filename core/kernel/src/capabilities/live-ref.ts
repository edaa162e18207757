import type { AnyCapability, LiveRef } from '@parley/contracts';
import { kernelErrors } from '../kernel-errors.ts';
import type { Provision } from './capability-registry.ts';
import type { LeaseBook } from './lease-book.ts';

/** The view of a capability that `provisions` gives at each use; its leases are written in `book`. */
export function createLiveRef(options: {
  readonly capability: AnyCapability;
  readonly provisions: () => readonly Provision[];
  readonly book: LeaseBook;
  /** The implementation of a provision as the holder uses it. */
  readonly viewOf: (provision: Provision) => unknown;
  readonly onChange: (listener: () => void) => () => void;
}): LiveRef<unknown> {
  const { capability, provisions, book, viewOf, onChange } = options;
  const choose = (key: string | undefined): Provision => {
    const all = provisions();
    const chosen = key === undefined && all.length === 1 ? all[0] : all.find((each) => each.key === key);
    if (chosen !== undefined) return chosen;
    throw kernelErrors.CAPABILITY_NOT_FOUND({
      capability: capability.id,
      key: key ?? '(none given)',
      keys: all.length === 0 ? 'none, nothing provides it now' : all.map((each) => each.key),
    });
  };
  return {
    lease: (key) => {
      const provision = choose(key);
      return { ...book.take(provision), value: viewOf(provision) };
    },
    keys: () => provisions().map((each) => each.key),
    descriptors: () => new Map(provisions().map((each) => [each.key, each.descriptor])),
    onChange,
  };
}

import type { Breaker, BreakerState } from './breaker.ts';
import { FailureBook } from './failure-book.ts';
import { DEFAULT_FAILURE_POLICY } from './failure-policy.ts';
import type { FailurePolicy } from './failure-policy.ts';

/** One life of a plugin, as a key: each begins with an empty book. */
export interface BookOwner {
  readonly pluginId: string;
  readonly number: number;
}

/** A breaker that has come to another state. */
export interface BreakerChange<O extends BookOwner> {
  readonly owner: O;
  readonly breaker: Breaker;
  readonly before: BreakerState;
}

/** The failure books of all generations. */
export interface FailureBooks<O extends BookOwner> {
  of(owner: O): FailureBook;
}

/** Books that are made when they are asked for and go with their generation. */
export function createFailureBooks<O extends BookOwner>(options: {
  readonly policy?: Partial<FailurePolicy> | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly changed: (change: BreakerChange<O>) => void;
}): FailureBooks<O> {
  const policy = { ...DEFAULT_FAILURE_POLICY, ...options.policy };
  const books = new WeakMap<O, FailureBook>();
  return {
    of(owner) {
      const known = books.get(owner);
      if (known !== undefined) return known;
      const changed = (breaker: Breaker, before: BreakerState) => options.changed({ owner, breaker, before });
      const book = new FailureBook({ policy, now: options.now, changed });
      books.set(owner, book);
      return book;
    },
  };
}

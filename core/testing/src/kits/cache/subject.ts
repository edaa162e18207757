import type { Bus, Cache } from '@parley/contracts';

/** What can happen to the service behind a cache or a bus, done for real. Each resolves when it has happened. */
export interface ServiceOutage {
  /** The service dies: connections break, new ones are refused, what it held is gone. */
  kill(): Promise<void>;
  /** The service takes connections and commands and answers nothing. */
  hang(): Promise<void>;
  /** The service answers every command that writes with an error. */
  refuseWrites(): Promise<void>;
  /** Ends what was done to it; resolves when the subject uses the service again. */
  mend(): Promise<void>;
}

/** A cache under test. */
export interface CacheSubject {
  readonly cache: Cache;
  /** The cache of another node that shares its values; absent where nodes share nothing. */
  readonly elsewhere?: Cache;
  /** Lets time pass: moves the clock, or waits where there is none to move. */
  readonly advance: (ms: number) => Promise<void>;
  /** The most entries it keeps, for a cache that can be filled in a test. */
  readonly maxEntries?: number;
  /** Absent where nothing stands behind the cache. */
  readonly outage?: ServiceOutage;
}

/** A bus under test. */
export interface BusSubject {
  readonly bus: Bus;
  /** The bus of another node; absent where it reaches one node only. */
  readonly elsewhere?: Bus;
  /** Resolves once every subscription holds and everything published so far has been delivered. */
  readonly settle: () => Promise<void>;
  /** Absent where nothing stands behind the bus. */
  readonly outage?: ServiceOutage;
}

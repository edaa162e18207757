import * as z from 'zod';
import { defineCapability } from '../define/capability.ts';

/** A lock that was taken; whoever stores `fence` can tell a late holder from the present one. */
export interface Lock {
  /** Grows with each taking of a key for ever, also over restarts and over an outage of what is behind the cache. */
  readonly fence: number;
  /** Keeps it for `ttlMs` from now on; `false` when its time was over, and it may be somebody else's. */
  extend(ttlMs: number): Promise<boolean>;
  /** Gives it back early; without effect once it has passed to somebody else. */
  release(): Promise<void>;
}

/** How much may be taken within any span of `windowMs`. */
export interface TakeLimit {
  /** Whole number from 1 on. */
  readonly limit: number;
  /** Whole number from 1 on. Units: milliseconds. */
  readonly windowMs: number;
  /** What this take counts for, 1 to `limit`; 1 without it. */
  readonly cost?: number;
}

/** What came of a take. */
export interface Taken {
  readonly allowed: boolean;
  /** What is left after it. */
  readonly remaining: number;
  /** How long until a take of the same cost is allowed if nobody else takes; 0 when it would be now. Units: milliseconds. */
  readonly resetMs: number;
}

/**
 * Short-lived values shared by the nodes. Losing all of it costs time, never data.
 * Shape: keys are a plugin's own; another plugin's key of the same name is another key. Values, locks and limits of one key
 * do not touch each other. Keys and values are any Unicode text; half a surrogate pair becomes U+FFFD,
 * and a value has at most 8 388 608 characters.
 * While what is behind it is away, every node goes on with a memory of its own: nothing throws, values are forgotten, locks
 * and limits hold per node.
 * @throws TypeError, RangeError for arguments that no cache could serve
 */
export interface Cache {
  get(key: string): Promise<string | undefined>;
  /** Units: `ttlMs` more than 0; kept until evicted without it. */
  set(key: string, value: string, options?: { readonly ttlMs?: number }): Promise<void>;
  /** Forgets the value, and what was taken, under `key`; not the lock. */
  delete(key: string): Promise<void>;
  /** Adds `by` (1), a whole number, and returns the sum; the time to live counts from the first addition. */
  increment(key: string, options?: { readonly by?: number; readonly ttlMs?: number }): Promise<number>;
  /**
   * Takes from a limit that all nodes share: never more than `limit` in any `windowMs`. What was taken comes back after
   * `windowMs`, at most a sixteenth of it later where more was taken shortly after it; a take that is refused counts for
   * nothing. A key has one limit.
   */
  take(key: string, limit: TakeLimit): Promise<Taken>;
  /** Takes the lock for at most `ttlMs`; `undefined` when somebody holds it. */
  lock(key: string, options: { readonly ttlMs: number }): Promise<Lock | undefined>;
}

/** Short-lived values shared by the nodes. */
export const cache = defineCapability<Cache>()({
  id: 'cache',
  version: '1.1.0',
  arity: 'one',
  descriptor: z.object({ title: z.string() }),
  namespaced: ['get', 'set', 'delete', 'increment', 'take', 'lock'],
});

/**
 * Wake-ups between nodes. A message may be lost, and comes at most once to each listener; it is a doorbell, not the mail.
 * Shape: topics are a plugin's own. Listeners on the publisher's node hear it at once, also while other nodes can't be
 * reached; then nothing throws and only they hear it.
 */
export interface Bus {
  /** Resolves when it is on its way. */
  publish(topic: string, message: string): Promise<void>;
  /** Calls `listener` for each message on `topic`; returns its undo. */
  subscribe(topic: string, listener: (message: string) => void): () => void;
}

/** Wake-ups between nodes. */
export const bus = defineCapability<Bus>()({
  id: 'bus',
  version: '1.0.0',
  arity: 'one',
  descriptor: z.object({ title: z.string() }),
  namespaced: ['publish', 'subscribe'],
});

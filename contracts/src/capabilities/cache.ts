import * as z from 'zod';
import { defineCapability } from '../define/capability.ts';

/** A lock that was taken; `fence` grows with each taking, so a late holder can be told. */
export interface Lock {
  readonly fence: number;
  /** Gives it back early; without effect once it has passed to somebody else. */
  release(): Promise<void>;
}

/** Short-lived values shared by the nodes. Losing all of it costs time, never data. */
export interface Cache {
  get(key: string): Promise<string | undefined>;
  /** Units: `ttlSeconds` more than 0; kept until evicted without it. */
  set(key: string, value: string, options?: { readonly ttlSeconds?: number }): Promise<void>;
  delete(key: string): Promise<void>;
  /** Adds `by` (1) and returns the sum; the time to live counts from the first addition. */
  increment(key: string, options?: { readonly by?: number; readonly ttlSeconds?: number }): Promise<number>;
  /** Takes the lock for at most `ttlMs`; `undefined` when somebody holds it. */
  lock(key: string, options: { readonly ttlMs: number }): Promise<Lock | undefined>;
}

/** Short-lived values shared by the nodes. */
export const cache = defineCapability<Cache>()({
  id: 'cache',
  version: '1.0.0',
  arity: 'one',
  descriptor: z.object({ title: z.string() }),
});

/** Wake-ups between nodes. A message may be lost, and comes at most once to each listener; it is a doorbell, not the mail. */
export interface Bus {
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
});

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { mongo } from 'mongoose';
import { errors } from './errors.ts';
import { isDuplicate } from './mongo-errors.ts';

/** One term of the lease: who may write, from when a next term begins. The highest `_id` is the present one. */
interface Term {
  readonly _id: number;
  readonly holder: string;
  /** Counts the signs of life of its holder. */
  readonly beat: number;
  readonly isReleased: boolean;
}

/** The lease of one node on the right to write. */
export interface Lease {
  /**
   * Runs `work` while this node holds the lease; `onTaken` before it, when another node may have written since.
   * @throws STORAGE_MONGO_BUSY when the others do not let go of it in time
   */
  hold<T>(work: () => Promise<T>): Promise<T>;
  /** @throws STORAGE_MONGO_BUSY when the lease was lost meanwhile, so that nothing more may be written */
  assertHeld(): void;
  close(): Promise<void>;
}

export interface LeaseOptions {
  readonly terms: mongo.Collection<Term>;
  /** One document that counts how often somebody waited: the sign to the holder to let go. */
  readonly wanted: mongo.Collection<{ readonly _id: string; readonly count: number }>;
  readonly onTaken: () => Promise<void>;
  /** Longest wait for the lease. Units: milliseconds. */
  readonly waitMs: () => number;
  /** A holder without a sign of life for so long has lost the lease. Units: milliseconds. */
  readonly leaseMs?: number;
}

const LEASE_MS = 3_000;
const POLL_MS = 15;
/** How long a holder that others wait for goes on with what is queued. */
const TURN_MS = 50;
/** How long a node that was waited for lets go after each turn. */
const SHARED_MS = 30_000;
const IDLE_MS = 1_000;
const WANTED = 'wanted';

/**
 * A lease that needs nothing of the server but that of two inserts of one `_id` one fails, and no equal clocks: who waits
 * watches the holder's signs of life with its own.
 */
export function createLease({ terms, wanted, onTaken, waitMs, leaseMs = LEASE_MS }: LeaseOptions): Lease {
  const me = randomUUID();
  let term: number | undefined;
  let validUntil = 0;
  let takenAt = 0;
  let usedAt = 0;
  let users = 0;
  let beats = 0;
  let seenWanted = 0;
  let sharedUntil = 0;
  let pauseUntil = 0;
  let timer: NodeJS.Timeout | undefined;

  const isHeld = (): boolean => term !== undefined && performance.now() < validUntil;

  function stopBeating(): void {
    clearInterval(timer);
    timer = undefined;
  }

  async function release(): Promise<void> {
    const released = term;
    stopBeating();
    term = undefined;
    if (released === undefined) return;
    pauseUntil = performance.now() + 2 * POLL_MS;
    await terms.updateOne({ _id: released }, { $set: { isReleased: true } });
  }

  async function beat(): Promise<void> {
    const present = term;
    if (present === undefined) return;
    if (users === 0 && performance.now() - usedAt > IDLE_MS) return release();
    const sentAt = performance.now();
    beats += 1;
    const { matchedCount } = await terms.updateOne({ _id: present }, { $set: { beat: beats } });
    if (matchedCount === 0) {
      stopBeating();
      if (term === present) term = undefined;
      return;
    }
    validUntil = sentAt + leaseMs * 0.8;
    const count = (await wanted.findOne({ _id: WANTED }))?.count ?? 0;
    if (count !== seenWanted) sharedUntil = performance.now() + SHARED_MS;
    seenWanted = count;
    if (users === 0 && performance.now() < sharedUntil) await release();
  }

  async function tryTake(next: number): Promise<boolean> {
    const sentAt = performance.now();
    try {
      await terms.insertOne({ _id: next, holder: me, beat: 0, isReleased: false });
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
    await terms.deleteMany({ _id: { $lt: next } });
    term = next;
    takenAt = sentAt;
    validUntil = sentAt + leaseMs * 0.8;
    stopBeating();
    timer = setInterval(() => void beat().catch(() => undefined), leaseMs / 8).unref();
    return true;
  }

  async function ask(): Promise<void> {
    sharedUntil = performance.now() + SHARED_MS;
    const found = await wanted.findOne({ _id: WANTED });
    const count = (found?.count ?? 0) + 1;
    seenWanted = count;
    if (found === null) await wanted.insertOne({ _id: WANTED, count }).catch(() => undefined);
    else await wanted.updateOne({ _id: WANTED }, { $set: { count } });
  }

  async function take(): Promise<void> {
    const startedAt = performance.now();
    let seen = { sign: '', at: startedAt };
    let askedAt = -Infinity;
    for (;;) {
      const pauseMs = pauseUntil - performance.now();
      if (pauseMs > 0 && performance.now() < sharedUntil) await sleep(pauseMs);
      const [newest] = await terms.find().sort({ _id: -1 }).limit(1).toArray();
      const now = performance.now();
      const sign = `${newest?._id}:${newest?.beat}`;
      if (seen.sign !== sign) seen = { sign, at: now };
      const isFree = newest === undefined || newest.isReleased || newest.holder === me || now - seen.at > leaseMs;
      if (isFree) {
        if (await tryTake((newest?._id ?? 0) + 1)) return;
        continue;
      }
      if (now - startedAt > waitMs() + leaseMs) throw errors.BUSY({ waitMs: Math.round(now - startedAt) });
      if (now - askedAt > 300) {
        askedAt = now;
        await ask();
      }
      await sleep(POLL_MS);
    }
  }

  return {
    assertHeld() {
      if (!isHeld()) throw errors.BUSY({ waitMs: leaseMs });
    },
    async hold(work) {
      if (!isHeld()) {
        await take();
        await onTaken();
      }
      users += 1;
      try {
        return await work();
      } finally {
        users -= 1;
        usedAt = performance.now();
        const isOver = usedAt - takenAt > TURN_MS;
        if (users === 0 && isOver && usedAt < sharedUntil) await release().catch(() => undefined);
      }
    },
    async close() {
      await release().catch(() => undefined);
    },
  };
}

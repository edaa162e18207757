import { setTimeout as pause } from 'node:timers/promises';
import { isAppError } from '@parley/contracts';
import { createAudit } from './audit.ts';
import type { Audit } from './audit.ts';
import { createLedger, newRequest, newText } from './ledger.ts';
import type { Ledger } from './ledger.ts';
import type { Person } from './person.ts';
import { findDifference, startReader } from './reader.ts';
import type { Reader } from './reader.ts';

/** How long a read may take while something else is away. */
const READ_LIMIT_MS = 1_000;
const EVERY_MS = 250;
const RECOVERY_LIMIT_MS = 10_000;

/** People who go on using a server while something is away, and what they meet. */
export interface Outage {
  readonly ledger: Ledger;
  readonly audit: Audit;
  /** Lets answers stream, to be followed through the outage. */
  stream(count: number, words: number): Promise<void>;
  /** Sends and reads until `isOver`; resolves when all that was begun has a reply. */
  endure(isOver: () => boolean): Promise<void>;
  /** Waits until sending works again; gives how long that took, milliseconds. */
  recover(): Promise<number>;
  /** Waits for the answers that streamed through it, and compares what was shown with what is stored; gives their readers. */
  finish(): Promise<readonly Reader[]>;
  /** Milliseconds of the slowest reading request. */
  slowestReadMs(): number;
}

/** No message may be refused. */
export const NO_REFUSAL = { status: 0, code: 'none' };

/** What the refusal of a message must look like. */
export interface ExpectedRefusal {
  readonly status: number;
  readonly code: string;
}

/** Somebody at a server with a fault to come. `expected`: how it may refuse to take a message. */
export function createOutage(deps: {
  readonly person: Person;
  readonly expected: ExpectedRefusal;
  readonly model: string;
  /** Whether reading must go on; else it may be refused like a message. */
  readonly canRead?: boolean;
  readonly wrong: (problem: string) => void;
}): Outage {
  const { person, expected, model, canRead = true, wrong } = deps;
  const ledger = createLedger();
  const audit = createAudit(person);
  let streams: { readonly runId: string; readonly reader: Reader }[] = [];
  let slowestReadMs = 0;

  const send = async (): Promise<boolean> => {
    const outcome = await ledger.send(person, newRequest(newText(), { model }));
    if (!('refused' in outcome)) return outcome.receipt !== undefined;
    const { refused } = outcome;
    if (!isAppError(refused, expected.code) || refused.status !== expected.status)
      wrong(`a message is refused with ${String(refused)}`);
    else if (expected.status === 503 && typeof refused.details['retryAfterSeconds'] !== 'number')
      wrong('the refusal does not say when to try again');
    return false;
  };
  const read = async (): Promise<void> => {
    const startedMs = performance.now();
    try {
      await person.conversations.list({ limit: 20 });
    } catch (error) {
      if (canRead || !isAppError(error, expected.code)) wrong(`reading fails with ${String(error)}`);
    }
    const tookMs = performance.now() - startedMs;
    slowestReadMs = Math.max(slowestReadMs, tookMs);
    if (canRead && tookMs > READ_LIMIT_MS) wrong(`reading took ${Math.round(tookMs)} ms`);
  };

  return {
    ledger,
    audit,
    async stream(count, words) {
      for (let index = 0; index < count; index += 1) {
        const outcome = await ledger.send(person, newRequest(newText(words), { model }));
        if (!('receipt' in outcome) || !outcome.receipt) throw new Error('an answer could not be started');
        const { runId } = outcome.receipt;
        streams.push({ runId, reader: startReader(person, runId) });
      }
      await Promise.all(streams.map(({ reader }) => reader.has(5)));
    },
    async endure(isOver) {
      const begun: Promise<unknown>[] = [];
      while (!isOver()) {
        begun.push(send(), read());
        await pause(EVERY_MS);
      }
      await Promise.all(begun);
    },
    async recover() {
      const startedMs = performance.now();
      while (!(await send())) {
        if (performance.now() - startedMs > 3 * RECOVERY_LIMIT_MS) break;
        await pause(EVERY_MS);
      }
      const tookMs = performance.now() - startedMs;
      if (tookMs > RECOVERY_LIMIT_MS) wrong(`sending worked again after ${Math.round(tookMs)} ms`);
      return tookMs;
    },
    async finish() {
      const followed = streams;
      streams = [];
      for (const { runId, reader } of followed) {
        await reader.ended;
        const { state } = await person.ended(runId, 30_000);
        if (state !== 'completed') wrong(`run ${runId} is ${state}`);
        const difference = findDifference(reader.seen, await person.log(runId));
        if (difference !== undefined) wrong(`run ${runId}: ${difference}`);
        if (reader.seen.at(-1)?.type !== 'run-end') wrong(`run ${runId}: its reader never saw the end`);
      }
      await audit.repeat(ledger.takeNew());
      audit.findings.problems.forEach(wrong);
      return followed.map(({ reader }) => reader);
    },
    slowestReadMs: () => Math.round(slowestReadMs),
  };
}

import { setTimeout as pause } from 'node:timers/promises';
import { startRedisServer } from '@parley/testing';
import type { RedisServer } from '@parley/testing';
import { eventually } from '../../e2e/eventually.ts';
import { CHAOS_MODEL, startModel } from '../lib/model.ts';
import { createOutage, NO_REFUSAL } from '../lib/outage.ts';
import type { Outage } from '../lib/outage.ts';
import { createPerson } from '../lib/person.ts';
import { latenciesOf, p95 } from '../lib/reader.ts';
import { readiness } from '../lib/readiness.ts';
import type { Scenario } from '../lib/scenario.ts';
import { findPort, startServer } from '../lib/server.ts';

const STREAMS = 3;
const PIECE_MS = 10;
const MOST_ADDED_MS = 1_500;
const RECOVERY_LIMIT_MS = 10_000;

/** Breaks Redis; gives the way to mend it. */
type Fault = (redis: RedisServer, url: string) => Promise<() => Promise<unknown>>;

const faults: Readonly<Record<string, Fault>> = {
  killed: async (redis) => {
    await redis.kill();
    return () => redis.restart();
  },
  silent: async (redis) => {
    redis.pause();
    return async () => redis.resume();
  },
  'restarted empty': async (redis) => {
    await redis.command('FLUSHALL');
    await redis.kill();
    await redis.restart();
    return async () => undefined;
  },
  'at maxmemory': async (redis, url) => {
    await redis.command('CONFIG SET maxmemory 1');
    // A full Redis is noticed by the first who writes to it, such as the limit on tries of a password.
    await fetch(`${url}/api/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: `${crypto.randomUUID()}@example.org`, password: 'not-the-password-of-anybody' }),
    });
    return () => redis.command('CONFIG SET maxmemory 0');
  },
};

/** How long pieces take to a reader while `during` goes on. */
async function streamThrough(outage: Outage, during: () => Promise<void>): Promise<number> {
  await outage.stream(STREAMS, 1);
  await during();
  return p95((await outage.finish()).flatMap(latenciesOf));
}

/** Waits until `/health/ready` names Redis among what is not well, or no longer does. */
const until = (url: string, isNamed: boolean): Promise<void> =>
  eventually(async () => {
    const { status, reasons } = await readiness(url);
    if (reasons.includes('cache-redis') !== isNamed) throw new Error(`/health/ready says ${status}: ${reasons}`);
  }, RECOVERY_LIMIT_MS);

/** S6: Redis goes away in every way it can. */
export const redisAway: Scenario = {
  id: 'A31',
  title: `Redis is ${Object.keys(faults).join(', ')}`,
  loops: { full: 3, short: 1 },
  lacks: () =>
    startRedisServer().then(
      (redis) => redis.stop().then(() => undefined),
      (error: unknown) => `a Redis server can not be started: ${String(error)}`,
    ),
  async play({ loops, folder, isShort, isSabotaged, say, wrong }) {
    const outageMs = isShort ? 3_000 : 10_000;
    const redis = await startRedisServer();
    const model = await startModel(Math.round((outageMs * 1.2) / PIECE_MS), PIECE_MS);
    const env = { REDIS_URL: redis.url };
    const options = { dataDir: `${folder}/data`, port: await findPort(), plugins: [model.plugin], env };
    const server = await startServer(options);
    const person = await createPerson(() => server.url);
    const outage = createOutage({ person, expected: NO_REFUSAL, model: CHAOS_MODEL, wrong });
    let mostAddedMs = 0;
    try {
      for (let loop = 1; loop <= loops; loop += 1) {
        const calmMs = await streamThrough(outage, () => pause(outageMs));
        for (const [name, fault] of Object.entries(faults)) {
          const brokenMs = await streamThrough(outage, async () => {
            const untilMs = performance.now() + outageMs;
            const mend = await fault(redis, server.url);
            const enduring = outage.endure(() => performance.now() > untilMs);
            if (name !== 'restarted empty')
              await until(server.url, true).catch((error: unknown) => wrong(`${name}: ${String(error)}`));
            await enduring;
            await mend();
            await until(server.url, false).catch((error: unknown) => wrong(`${name}, mended: ${String(error)}`));
          });
          const addedMs = brokenMs - calmMs;
          mostAddedMs = Math.max(mostAddedMs, addedMs);
          say(`${name}: p95 of a piece ${brokenMs.toFixed(0)} ms, calm ${calmMs.toFixed(0)} ms`);
          if (addedMs > MOST_ADDED_MS) wrong(`${name}: pieces took ${Math.round(addedMs)} ms longer`);
        }
      }
      if (isSabotaged) {
        outage.ledger.forge();
        await outage.finish();
      }
      if (!server.isAlive()) wrong('the server has ended');
      await server.stop();
    } finally {
      await redis.stop();
      model.stop();
    }
    const { lost, doubled } = outage.audit.findings;
    return {
      acknowledged: outage.ledger.acknowledged.length,
      refused: [...outage.ledger.refusals.values()].reduce((sum, count) => sum + count, 0),
      lost: lost.size,
      doubled: doubled.size,
      'added p95 ms': Math.max(0, Math.round(mostAddedMs)),
      'slowest read ms': outage.slowestReadMs(),
    };
  },
};

import { startRedisServer } from '@parley/testing';
import type { RedisServer } from '@parley/testing';
import { busKit, cacheKit, kitRun } from '@parley/testing/kits';
import type { BusSubject, CacheSubject, KitRun, KitSubject, ServiceOutage } from '@parley/testing/kits';
import { createRedisBus } from './redis-bus.ts';
import { createRedisCache } from './redis-cache.ts';
import { RedisLink } from './redis-link.ts';

const KEY_PREFIX = 'kit:';
const MOST_WAIT_MS = 30_000;
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const clock = { now: () => Date.now(), steady: () => performance.now() };

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function until(holds: () => boolean, what: string): Promise<void> {
  const deadline = performance.now() + MOST_WAIT_MS;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`${what} did not happen within ${MOST_WAIT_MS} ms`);
    await wait(5);
  }
}

const openLink = (url: string): Promise<RedisLink> =>
  RedisLink.open({ url, keyPrefix: KEY_PREFIX, commandTimeoutMs: 500, log, now: clock.now });

/** What can really happen to a server; two nodes are over it when both use it again. */
function outageOf(server: RedisServer, links: readonly RedisLink[]): ServiceOutage {
  let undo = async (): Promise<void> => undefined;
  return {
    async kill() {
      undo = () => server.restart();
      await server.kill();
      await until(() => links.every(({ state }) => state === 'away'), 'noticing that the server is gone');
    },
    async hang() {
      undo = async () => server.resume();
      server.pause();
    },
    async refuseWrites() {
      undo = async () => void (await server.command('CONFIG SET maxmemory 0'));
      await server.command('CONFIG SET maxmemory 1');
    },
    async mend() {
      await undo();
      const isBack = ({ state, listening }: RedisLink) => state === 'ready' && listening.status === 'ready';
      await until(() => links.every(isBack), 'using the server again');
    },
  };
}

async function startNodes() {
  const server = await startRedisServer();
  const links = await Promise.all([openLink(server.url), openLink(server.url)]);
  const dispose = async () => {
    await Promise.all(links.map((link) => link.end()));
    await server.stop();
  };
  return { server, links, outage: outageOf(server, links), dispose };
}

async function makeCache(): Promise<KitSubject<CacheSubject>> {
  const { links, outage, dispose } = await startNodes();
  const [cache, elsewhere] = links.map((link) =>
    createRedisCache({ link, keyPrefix: KEY_PREFIX, maxEntries: 100, clock }),
  );
  if (cache === undefined || elsewhere === undefined) throw new Error('there are two nodes');
  return { value: { cache, elsewhere, advance: wait, outage }, dispose };
}

async function makeBus(): Promise<KitSubject<BusSubject>> {
  const { links, outage, dispose } = await startNodes();
  const buses = links.map((link) => createRedisBus({ link, keyPrefix: KEY_PREFIX, log }));
  const [bus, elsewhere] = buses;
  if (bus === undefined || elsewhere === undefined) throw new Error('there are two nodes');
  // The server passes messages on in the order of its clients' commands: after an answer on each connection, all have come.
  const settle = async () => {
    await Promise.all(buses.map((each) => each.settled()));
    await Promise.all(links.map((link) => link.run('messages', (redis) => redis.ping())));
    await Promise.all(buses.map((each) => each.settled()));
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { value: { bus, elsewhere, settle, outage }, dispose };
}

/** The kits of this plugin, for its tests and for `npm run kit`. Each case has a server of its own. */
export const kits: readonly KitRun[] = [kitRun(cacheKit, makeCache), kitRun(busKit, makeBus)];

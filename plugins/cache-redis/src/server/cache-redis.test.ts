import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { bus, cache } from '@parley/contracts';
import type { Bus, Cache } from '@parley/contracts';
import { createKernel, definePlugin } from '@parley/kernel';
import { delay, startRedisServer, startTestHost, testPluginContract } from '@parley/testing';
import type { RedisServer, Script } from '@parley/testing';
import { KitSkip } from '@parley/testing/kits';
import cacheRedis from './index.ts';

const TIMEOUT_MS = 60_000;
let server: RedisServer | undefined;
let reason = '';

beforeAll(async () => {
  server = await startRedisServer(['--requirepass', 'otter']).catch((error: unknown) => {
    if (!(error instanceof KitSkip)) throw error;
    reason = error.message;
    return undefined;
  });
}, TIMEOUT_MS);
afterAll(() => server?.stop());

/** A case with a real server; skipped with its reason printed where there is none. */
const itWith = (name: string, run: (server: RedisServer) => Promise<void>) =>
  it(
    name,
    async () => {
      if (server === undefined) console.info(`skipped: ${name}: ${reason}`);
      else await run(server);
    },
    TIMEOUT_MS,
  );
const urlOf = ({ port }: RedisServer) => `redis://:otter@127.0.0.1:${port}/1`;

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + TIMEOUT_MS / 2;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error('it did not come true in time');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** A kernel with this plugin and one that uses it: one node. */
async function startNode(url: string) {
  const lines: string[] = [];
  let given: { cache: Cache; bus: Bus } | undefined;
  const visitor = definePlugin({
    id: 'visitor',
    version: '1.0.0',
    kernel: '^1.0.0',
    requires: { cache, bus },
    setup: (_ctx, deps) => void (given = deps),
  });
  const line = (plugin: string) => (message: string, fields?: object) =>
    void lines.push(`${plugin} ${message} ${JSON.stringify(fields ?? {})}`);
  const kernel = createKernel({
    plugins: [
      { plugin: cacheRedis, firstParty: true, config: { url } },
      { plugin: visitor, firstParty: true },
    ],
    log: (id) => ({ debug: line(id), info: line(id), warn: line(id), error: line(id) }),
    dataDir: '/nowhere',
    deriveKey: () => new Uint8Array(32),
    fetchFor: () => fetch,
    grantDeclared: true,
  });
  await kernel.start();
  if (given === undefined) throw new Error(`the visitor did not start: ${lines.join('\n')}`);
  const health = async () => {
    await kernel.probe(1_000);
    const { state, reason: why } = kernel.graph().plugins.find(({ id }) => id === 'cache-redis') ?? {};
    return { state, why };
  };
  return { ...given, kernel, lines, health };
}

describe('cache-redis as a plugin', () => {
  itWith('keeps the plugin contract', async (running) => {
    await testPluginContract(cacheRedis, { config: { 'cache-redis': { url: urlOf(running) } } });
  });

  it('refuses an address that is none, without repeating it', async () => {
    await expect(startNode('otter:secret@host')).rejects.toThrow('url must be an address');
    await expect(startNode('otter:secret@host')).rejects.not.toThrow('secret');
  });
});

describe('two nodes over one server', () => {
  let nodes: Awaited<ReturnType<typeof startNode>>[] = [];
  beforeEach(async () => {
    if (server !== undefined) nodes = [await startNode(urlOf(server)), await startNode(urlOf(server))];
  });
  afterEach(async () => {
    await Promise.all(nodes.map(({ kernel }) => kernel.stop()));
    nodes = [];
  });
  const both = () => {
    const [first, second] = nodes;
    if (first === undefined || second === undefined) throw new Error('there are two nodes');
    return [first, second] as const;
  };

  itWith('share values, locks, limits and bells of one plugin', async () => {
    const [first, second] = both();
    const heard: string[] = [];
    second.bus.subscribe('bell', (message) => heard.push(message));
    await first.cache.set('key', 'value');
    expect(await second.cache.get('key')).toBe('value');
    expect(await first.cache.lock('job', { ttlMs: 60_000 })).toBeDefined();
    expect(await second.cache.lock('job', { ttlMs: 60_000 })).toBeUndefined();
    await first.cache.take('tries', { limit: 1, windowMs: 60_000 });
    expect(await second.cache.take('tries', { limit: 1, windowMs: 60_000 })).toMatchObject({ allowed: false });
    await until(async () => {
      await first.bus.publish('bell', 'ring');
      return heard.length > 0;
    });
    expect(new Set(heard)).toEqual(new Set(['ring']));
  });

  itWith('say so when the server is killed, go on alone, and share again when it is back', async (running) => {
    const [first, second] = both();
    const since = Date.now();
    await running.kill();
    await until(
      async () => (await first.health()).state === 'degraded' && (await second.health()).state === 'degraded',
    );
    const { why } = await first.health();
    expect(why).toMatch(/^redis: .+; this node goes on alone since \d{4}-/);
    expect(Date.parse(/since (.+)$/.exec(why ?? '')?.[1] ?? '')).toBeGreaterThanOrEqual(since - 1);
    expect(why).not.toContain('127.0.0.1');
    await first.cache.set('key', 'alone');
    expect([await first.cache.get('key'), await second.cache.get('key')]).toEqual(['alone', undefined]);
    await running.restart();
    await until(async () => (await first.health()).state === 'ready' && (await second.health()).state === 'ready');
    await first.cache.set('key', 'together');
    expect(await second.cache.get('key')).toBe('together');
    expect(first.lines.join('\n')).not.toContain('otter');
  });

  itWith('start while the server is away, and use it once it comes', async (running) => {
    await running.kill();
    const late = await startNode(urlOf(running));
    nodes.push(late);
    await late.cache.set('key', 'alone');
    expect(await late.cache.get('key')).toBe('alone');
    expect((await late.health()).state).toBe('degraded');
    await running.restart();
    await until(async () => (await late.health()).state === 'ready');
  });

  itWith('stop in time while the server hangs', async (running) => {
    const [first] = both();
    running.pause();
    await first.cache.get('key');
    const startedAt = performance.now();
    await first.kernel.stop();
    running.resume();
    expect(performance.now() - startedAt).toBeLessThan(20_000);
  });

  itWith('go on when the server becomes a replica that may not write', async (running) => {
    const [first] = both();
    await first.cache.set('key', 'before');
    await running.command('AUTH otter\r\nREPLICAOF 127.0.0.1 1');
    await until(async () => {
      await first.cache.set('key', 'during');
      return (await first.health()).state === 'degraded';
    });
    expect((await first.health()).why).toContain('READONLY');
    expect(await first.cache.increment('n')).toBeGreaterThan(0);
    await running.command('AUTH otter\r\nREPLICAOF NO ONE');
    await until(async () => (await first.health()).state === 'ready');
    expect(await first.cache.get('key')).toBeUndefined();
  });

  itWith('notice by themselves that the server is full, and that it is not any more', async (running) => {
    const [first] = both();
    await running.command('AUTH otter\r\nCONFIG SET maxmemory 1');
    await until(async () => (await first.health()).state === 'degraded');
    expect((await first.health()).why).toContain('OOM');
    await running.command('AUTH otter\r\nCONFIG SET maxmemory 0');
    await until(async () => (await first.health()).state === 'ready');
  });

  itWith('hold nothing of Redis when they have stopped', async (running) => {
    await Promise.all(nodes.map(({ kernel }) => kernel.stop()));
    nodes = [];
    await until(async () => !(await running.command('AUTH otter\r\nCLIENT LIST')).includes('name=parley'));
  });
});

describe('a chat', () => {
  const PIECES = 60;
  const words: Script = Array.from({ length: PIECES }, (_, index) => [
    { type: 'text' as const, text: `piece ${index} ` },
    delay(50),
  ]).flat();

  itWith(
    'goes on while the server hangs, is killed and comes back, with no gap of more than 1.5 s',
    async (running) => {
      await using host = await startTestHost({
        shipped: true,
        plugins: [cacheRedis],
        config: { 'cache-redis': { url: urlOf(running) } },
        bindings: { cache: 'cache-redis', bus: 'cache-redis' },
        model: words,
      });
      const steps = new Map<number, () => unknown>([
        [10, () => running.pause()],
        [25, () => running.kill()],
        [40, () => running.restart()],
      ]);
      const turn = host.user('ada').chat('hello');
      const gapsMs: number[] = [];
      let lastMs: number | undefined;
      let seen = 0;
      let restarted: unknown;
      for await (const event of turn.events()) {
        if (event.type !== 'part-delta') continue;
        const nowMs = performance.now();
        if (lastMs !== undefined) gapsMs.push(nowMs - lastMs);
        lastMs = nowMs;
        const step = steps.get((seen += 1));
        if (step !== undefined) restarted = step();
      }
      await restarted;
      await turn.expectText(Array.from({ length: PIECES }, (_, index) => `piece ${index} `).join(''));
      expect(gapsMs.length).toBeGreaterThan(PIECES / 2);
      expect(Math.max(...gapsMs)).toBeLessThan(1_500);
    },
  );

  itWith('begins and ends while the server is away: signing up, sending, limits', async (running) => {
    await running.kill();
    await using host = await startTestHost({
      shipped: true,
      plugins: [cacheRedis],
      config: { 'cache-redis': { url: urlOf(running) } },
      bindings: { cache: 'cache-redis', bus: 'cache-redis' },
      model: [{ type: 'text', text: 'Hello alone' }],
    });
    await host.user('ada').chat('hello').expectText('Hello alone');
    const ready = (await (await fetch(`${host.url}/health/ready`)).json()) as { readonly status: string };
    const told = host.kernel.graph().plugins.find(({ id }) => id === 'cache-redis');
    expect([ready.status, told?.state]).toEqual(['degraded', 'degraded']);
    await running.restart();
  });
});

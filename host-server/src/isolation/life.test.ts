import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { getPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { faulty } from './fixtures/faulty.ts';
import { createConsumer, doorOf, startIsolated } from './fixtures/start-isolated.ts';
import type { IsolatedOptions } from './fixtures/start-isolated.ts';

// Starting a process takes as long as the machine lets it; what is under test waits for events, not for time.
jest.setTimeout(60_000);

let stop: (() => Promise<unknown>) | undefined;
afterEach(async () => {
  await stop?.();
  stop = undefined;
});

const start = async (options: Partial<IsolatedOptions> = {}) => {
  const consumer = createConsumer(faulty);
  const started = await startIsolated({ door: doorOf('faulty'), others: [consumer.plugin], ...options });
  ({ stop } = started);
  await started.kernel.start();
  const restarted = (times: number) =>
    started.line(({ message, restarts }) => message === 'The process of the plugin runs again' && restarts === times);
  return { ...started, it: consumer.get(), restarted };
};
const isGone = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
};

describe('an isolated plugin', () => {
  it('runs in a process that the graph tells of', async () => {
    const { it: plugin, node } = await start();
    const pid = await plugin.do('pid');
    expect(pid).not.toBe(process.pid);
    expect(node()).toMatchObject({ isolation: 'process', process: { pid, restarts: 0 } });
    expect(node()?.process?.rssBytes).toBeGreaterThan(10_000_000);
  });

  it('gives way to the host', async () => {
    const { it: plugin } = await start();
    expect(getPriority((await plugin.do('pid')) as number)).toBeGreaterThan(getPriority());
  });

  it('ends with its generation', async () => {
    const { it: plugin, stop: stopAll } = await start();
    const pid = (await plugin.do('pid')) as number;
    expect(await stopAll()).toEqual([]);
    expect(isGone(pid)).toBe(true);
  });

  it('fails a call and goes on when it throws', async () => {
    const { it: plugin, node } = await start();
    const before = node()?.process?.pid;
    await expect(plugin.do('throw')).rejects.toThrow('thrown');
    expect(await plugin.do('pid')).toBe(before);
  });

  it('logs a rejection that nobody waits for and goes on', async () => {
    const { it: plugin, line } = await start();
    expect(await plugin.do('reject')).toBe('rejected');
    expect(await line(({ message }) => message.includes('nobody waited for'))).toMatchObject({ plugin: 'faulty' });
  });

  it('writes its output into the log, under its name', async () => {
    const { it: plugin, line } = await start();
    await plugin.do('print');
    expect(await line(({ text }) => text === 'hello from inside')).toMatchObject({ plugin: 'faulty' });
  });
});

describe('the seat belt of an isolated plugin', () => {
  let running: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    running = await start();
    stop = undefined;
  });
  afterAll(() => running.stop());

  it.each(['socket', 'write', 'read', 'spawn', 'worker'])(
    'keeps it from reaching around its host: %s',
    async (what) => {
      expect(await running.it.do(what)).toBe('ERR_ACCESS_DENIED');
    },
  );

  it('leaves no network but through its host', async () => {
    expect(await running.it.do('fetch')).toBe('refused');
  });

  it('shows nothing of the environment of the host', async () => {
    const names = (await running.it.do('environment')) as readonly string[];
    expect(names.filter((name) => !['LANG', 'LC_ALL', 'TZ', 'NODE_ENV'].includes(name))).toEqual([]);
  });
});

describe('a process that ends', () => {
  it.each([
    ['exit', 'it exited with code 3'],
    ['crash', 'it exited with code 1'],
    ['heap', 'it was aborted'],
  ])('fails the calls in flight and is started again: %s', async (what, reason) => {
    const { it: plugin, restarted, node, line } = await start({ limits: { heapMiB: 48 } });
    const before = node()?.process?.pid;
    const others = expect(plugin.do('wait')).rejects.toMatchObject({ code: 'ISOLATION_PLUGIN_CRASHED', status: 502 });
    await expect(plugin.do(what)).rejects.toMatchObject({ code: 'ISOLATION_PLUGIN_CRASHED' });
    await others;
    const ended = await line(({ message }) => message.includes('is started again'));
    expect(ended['reason']).toContain(reason);
    await restarted(1);
    expect(node()).toMatchObject({ state: 'ready', process: { restarts: 1 } });
    expect(await plugin.do('pid')).not.toBe(before);
  });

  it('is started again after kill -9', async () => {
    const { it: plugin, restarted, line } = await start();
    process.kill((await plugin.do('pid')) as number, 'SIGKILL');
    expect(await line(({ message }) => message.includes('is started again'))).toMatchObject({
      reason: 'it was ended by SIGKILL',
    });
    await restarted(1);
    expect(await plugin.do('print')).toBe('printed');
  });

  it('is killed when its event loop stands still', async () => {
    const { it: plugin, restarted } = await start({ limits: { blockedMs: 300 } });
    await expect(plugin.do('loop')).rejects.toThrow('stood still for more than 300 ms');
    await restarted(1);
  });

  it('is killed when it takes more memory than it may', async () => {
    const { it: plugin, restarted } = await start({ limits: { residentMiB: 400 } });
    await expect(plugin.do('resident')).rejects.toThrow('400 MiB are allowed');
    await restarted(1);
  });

  it('says so while it is down', async () => {
    const { it: plugin, kernel, node } = await start({ limits: { backoffMs: 60_000 } });
    await expect(plugin.do('exit')).rejects.toThrow();
    await expect(plugin.do('pid')).rejects.toMatchObject({ code: 'ISOLATION_PLUGIN_CRASHED', status: 502 });
    await kernel.probe(1_000);
    expect(node()).toMatchObject({ state: 'degraded', health: { process: 'down' } });
    expect(node()?.process).toBeUndefined();
  });

  it('is quarantined after three crashes', async () => {
    const { it: plugin, restarted, kernel, node } = await start();
    for (const times of [1, 2]) {
      await expect(plugin.do('exit')).rejects.toThrow();
      await restarted(times);
    }
    const changed = new Promise<void>((resolve) => kernel.onChange(() => node()?.state === 'quarantined' && resolve()));
    await expect(plugin.do('exit')).rejects.toThrow();
    await changed;
    expect(node()?.reason).toContain('after 3 crashes');
  });

  it('leaves the host and the other plugins as they are', async () => {
    const { it: plugin, kernel } = await start({ limits: { backoffMs: 60_000 } });
    await expect(plugin.do('exit')).rejects.toThrow();
    expect(kernel.graph().plugins.find(({ id }) => id === 'consumer')?.state).toBe('ready');
  });
});

describe('an isolated plugin that is replaced', () => {
  it('serves from its old process until the new one has started, and then from that', async () => {
    const { kernel, node, isolate } = await start();
    const before = node()?.process?.pid ?? 0;
    const changed = await isolate({ greeting: 'changed' });
    const others = kernel.composition().plugins.slice(0, -1);
    await kernel.apply({ plugins: [...others, changed] });
    await kernel.drained();
    expect(node()).toMatchObject({ state: 'ready', generation: 2 });
    expect(node()?.process?.pid).not.toBe(before);
    expect(isGone(before)).toBe(true);
  });

  it('is not replaced when nothing about it has changed', async () => {
    const { kernel, isolate } = await start();
    const others = kernel.composition().plugins.slice(0, -1);
    expect(kernel.plan({ plugins: [...others, await isolate(undefined)] }).changes).toEqual([]);
  });
});

describe('a host that is killed', () => {
  it('takes the processes of its plugins with it', async () => {
    const host = spawn(
      process.execPath,
      ['--conditions=parley:source', '--disable-warning=ExperimentalWarning', fileURLToPath(doorOf('doomed-host'))],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const [text] = (await once(host.stdout, 'data')) as [Buffer];
    const pid = Number(text.toString());
    expect(isGone(pid)).toBe(false);
    host.kill('SIGKILL');
    while (!isGone(pid)) await new Promise((resolve) => setTimeout(resolve, 10));
  });
});

describe('a stream of an isolated plugin', () => {
  it('is pulled only as far as it is read', async () => {
    const { it: plugin } = await start();
    const iterator = plugin.flood(10, new AbortController().signal)[Symbol.asyncIterator]();
    await iterator.next();
    await plugin.do('pid');
    expect(await plugin.pulled()).toBeLessThanOrEqual(130);
    await iterator.return?.();
  });

  it('keeps less ahead when its pieces are large', async () => {
    const { it: plugin } = await start();
    const iterator = plugin.flood(100_000, new AbortController().signal)[Symbol.asyncIterator]();
    for (let read = 0; read < 20; read += 1) expect((await iterator.next()).value).toHaveLength(100_000);
    await plugin.do('pid');
    expect(await plugin.pulled()).toBeLessThanOrEqual(30);
    await iterator.return?.();
  });

  it('hears of an abort within a second', async () => {
    const { it: plugin } = await start();
    const controller = new AbortController();
    const iterator = plugin.flood(10, controller.signal)[Symbol.asyncIterator]();
    await iterator.next();
    const abortedMs = performance.now();
    controller.abort();
    for (let next = await iterator.next(); !next.done; ) next = await iterator.next();
    expect(await plugin.pulled()).toBe(-1);
    expect(performance.now() - abortedMs).toBeLessThan(1_000);
  });

  it('fails when the process ends', async () => {
    const { it: plugin } = await start();
    const iterator = plugin.flood(10, new AbortController().signal)[Symbol.asyncIterator]();
    await iterator.next();
    await expect(plugin.do('exit')).rejects.toThrow();
    const readAll = async () => {
      for (;;) if ((await iterator.next()).done) return;
    };
    await expect(readAll()).rejects.toMatchObject({ code: 'ISOLATION_PLUGIN_CRASHED' });
  });
});

describe('what an isolated plugin sends', () => {
  it('may not be larger than a message', async () => {
    const { it: plugin } = await start();
    await expect(plugin.do('huge')).rejects.toMatchObject({ code: 'ISOLATION_TOO_LARGE', status: 413 });
    expect(await plugin.do('print')).toBe('printed');
  });
});

describe('a plugin that does not start', () => {
  it('is refused when its door can not be loaded', async () => {
    await expect(startIsolated({ door: doorOf('missing') })).rejects.toMatchObject({ code: 'ISOLATION_DOOR_FAILED' });
  });

  it('is refused when it does not describe itself in time', async () => {
    const starting = startIsolated({ door: doorOf('endless'), limits: { startMs: 400 } });
    await expect(starting).rejects.toThrow('it did not describe itself in 400 ms');
  });

  it('has its settings checked by its own schema', async () => {
    const started = await startIsolated({ door: doorOf('greeter'), config: { greeting: 'x'.repeat(30), even: 3 } });
    ({ stop } = started);
    await expect(started.kernel.start()).rejects.toThrow(/greeting: .*20 char[\s\S]*even: must be even/);
  });
});

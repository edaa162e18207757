import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { cache, defineContract, defineHook, op } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import type { AnyPlugin, Host } from '@parley/kernel';
import * as z from 'zod';
import killer from './fixtures/killer.ts';
import { startHost } from './start-host.ts';

// The slow plugin takes the whole ten seconds a setup has, and a loop is found after ten more.
jest.setTimeout(120_000);

const base = { version: '1.0.0', kernel: '^1.0.0' } as const;
const gate = defineHook({
  id: 'test.gate',
  kind: 'gate',
  summary: 's',
  input: z.string(),
  onError: 'fail',
  timeoutMs: 1_000,
});
const contract = defineContract('fine', '1.0.0', {
  hello: op({ method: 'GET', path: '/hello', access: 'public', input: z.object({}), output: z.string() }),
});

const faulty: readonly AnyPlugin[] = [
  definePlugin({
    ...base,
    id: 'throws',
    setup() {
      throw new Error('thrown in setup');
    },
  }),
  definePlugin({ ...base, id: 'rejects', setup: () => Promise.reject(new Error('rejected in setup')) }),
  definePlugin({ ...base, id: 'slow', setup: () => new Promise(() => {}) }),
  definePlugin({
    ...base,
    id: 'calls-out',
    setup: async (ctx) => void (await ctx.fetch('https://evil.example.com/')),
  }),
  definePlugin({
    ...base,
    id: 'wrong-types',
    provides: [cache],
    setup: (ctx) => ctx.provide(cache, {} as never, { title: 7 } as never),
  }),
  definePlugin({ ...base, id: 'no-verdict', hooks: [gate], setup: (ctx) => ctx.on(gate, () => undefined as never) }),
  definePlugin({
    ...base,
    id: 'leaks',
    setup() {
      const kept: string[] = [];
      setInterval(() => kept.push('x'), 1_000).unref();
    },
  }),
];
const fine = definePlugin({ ...base, id: 'fine', setup: (ctx) => ctx.routes(contract, { hello: () => 'hello' }) });

let host: Host;
const before = process.pid;
beforeAll(async () => {
  host = await startHost({
    plugins: [
      ...faulty.map((plugin) => ({ plugin })),
      { plugin: fine },
      { plugin: killer, isolation: 'process', door: new URL('./fixtures/killer.ts', import.meta.url).href },
    ],
    dataDir: mkdtempSync(join(tmpdir(), 'parley-faulty-')),
    logLevel: 'silent',
  });
});
afterAll(() => host.stop());

const node = (id: string) => host.kernel.graph().plugins.find((plugin) => plugin.id === id);
const act = (how: string) => fetch(`${host.url}/api/x/killer/act/${how}`, { method: 'POST' });
const othersServe = async () => expect(await (await fetch(`${host.url}/api/x/fine/hello`)).json()).toBe('hello');
/** Asks again and again, since a process tells nobody when it is up again. */
async function becomes(is: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await is())) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('a plugin with a fault', () => {
  it.each([
    ['throws', 'failed', 'thrown in setup'],
    ['rejects', 'failed', 'rejected in setup'],
    ['slow', 'failed', 'setup of plugin slow did not finish within 10000 ms'],
    ['calls-out', 'failed', "permissions: { network: ['evil.example.com'] }"],
    ['wrong-types', 'failed', 'The descriptor that plugin wrong-types gives for cache does not fit: title'],
  ])('%s is %s and says why', (id, state, reason) => {
    expect(node(id)).toMatchObject({ state, reason: expect.stringContaining(reason) });
  });

  it('that is refused a host is counted and kept', () => {
    expect(node('calls-out')?.denied).toBe(1);
    expect(host.kernel.denials()).toMatchObject([{ pluginId: 'calls-out', permission: 'network' }]);
  });

  it('that gives no verdict keeps its gate closed', async () => {
    const verdict = await host.kernel.hook(gate).run('x', host.kernel.call());
    expect(verdict).toMatchObject({ allow: false, code: 'KERNEL_GATE_FAILED' });
  });

  it('that leaks is ready: only a test of the plugin finds it', () => {
    expect(node('leaks')?.state).toBe('ready');
  });

  it('in its manifest is refused, and nothing changes', async () => {
    const bad = definePlugin({ id: 'Bad Name', version: '1.0.0', kernel: '^99.0.0', setup() {} });
    const { plugins } = host.kernel.composition();
    await expect(host.kernel.apply({ plugins: [...plugins, { plugin: bad }] })).rejects.toMatchObject({
      code: 'KERNEL_INVALID',
    });
    expect(node('Bad Name')).toBeUndefined();
  });

  it('that a process does not survive ends its own, three times, and is quarantined', async () => {
    for (const how of ['exit', 'memory', 'loop']) {
      await becomes(async () => (await act('answer')).ok);
      const answer = (await (await act('answer')).json()) as { pid: number };
      expect(answer.pid).not.toBe(process.pid);
      expect((await act(how)).status).toBe(502);
      await othersServe();
    }
    await becomes(() => node('killer')?.state === 'quarantined');
    expect(node('killer')?.reason).toContain('3 crashes');
  });

  it('leaves the host and the others as they are', async () => {
    expect(process.pid).toBe(before);
    await othersServe();
  });
});

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Host } from '@parley/kernel';
import { badManifest, faultyPlugins, finePlugin, gate } from './fixtures/faulty-plugins.ts';
import killer from './fixtures/killer.ts';
import leaker from './fixtures/leaker.ts';
import { startHost } from './start-host.ts';

// The slow plugin takes the whole ten seconds a setup has, and a loop is found after ten more.
jest.setTimeout(120_000);

let host: Host;
const before = process.pid;
beforeAll(async () => {
  host = await startHost({
    plugins: [
      ...[...faultyPlugins, leaker, finePlugin].map((plugin) => ({ plugin })),
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
    const { plugins } = host.kernel.composition();
    await expect(host.kernel.apply({ plugins: [...plugins, { plugin: badManifest }] })).rejects.toMatchObject({
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

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { defineContract, kernelDraining, op } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import type { HealthAnswer } from '@parley/kernel';
import { startTestHost } from '@parley/testing';
import * as z from 'zod';
import { createSamplePlugin } from './fixtures/sample-plugin.ts';
import type { StreamLog } from './fixtures/sample-plugin.ts';
import { startHost } from './start-host.ts';

const dataDir = () => mkdtempSync(join(tmpdir(), 'parley-host-'));
const failing = (critical: boolean) =>
  definePlugin({
    id: 'broken',
    version: '1.0.0',
    kernel: '^1.0.0',
    critical,
    setup: () => {
      throw new Error('no luck');
    },
  });

describe('startHost', () => {
  it('reports a plugin that fails with its reason, and serves the rest', async () => {
    await using host = await startTestHost({ plugins: [failing(false), createSamplePlugin()] });
    const { plugins } = (await (await host.request('/health/plugins')).json()) as { plugins: { id: string }[] };
    expect(plugins.find(({ id }) => id === 'broken')).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('no luck'),
    });
    expect((await host.request('/health/ready')).status).toBe(200);
    expect((await host.request('/api/x/sample/list')).status).toBe(200);
  });

  it('does not start without a critical plugin', async () => {
    await expect(startTestHost({ plugins: [failing(true)] })).rejects.toThrow('no luck');
  });

  it('does not serve an operation without declared access', async () => {
    const contract = defineContract('open', '1.0.0', {
      all: op({ method: 'GET', path: '/all', access: undefined as never, input: z.object({}), output: z.void() }),
    });
    const open = definePlugin({
      id: 'open',
      version: '1.0.0',
      kernel: '^1.0.0',
      setup: (ctx) => ctx.routes(contract, { all: () => undefined }),
    });
    await using host = await startTestHost({ plugins: [open] });
    expect((await host.request('/api/x/open/all')).status).toBe(404);
    expect(host.kernel.graph().plugins[0]).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('access'),
    });
  });

  it('says which port is taken', async () => {
    await using other = await startTestHost({ plugins: [] });
    const port = Number(new URL(other.url).port);
    const start = startHost({ plugins: [], port, dataDir: dataDir(), logLevel: 'silent' });
    await expect(start).rejects.toMatchObject({ code: 'HOST_PORT_IN_USE' });
  });

  it('cuts a misfit reply to its known fields and logs it where it is not strict', async () => {
    const lines: string[] = [];
    const plugins = [{ plugin: createSamplePlugin() }];
    const host = await startHost({ plugins, dataDir: dataDir(), logSink: (line) => lines.push(line) });
    const response = await fetch(`${host.url}/api/x/sample/fail/misfit`);
    expect([response.status, await response.json()]).toEqual([200, { text: 1 }]);
    expect(lines.join('\n')).toContain('The reply of sample.fail does not fit its schema');
    await host.stop();
  });
});

describe('stop', () => {
  it('is not ready at once, serves until running work is done, then ends streams and refuses connections', async () => {
    const finish = Promise.withResolvers<void>();
    const draining = Promise.withResolvers<number>();
    const log: StreamLog = { pulled: 0, isClosed: false };
    const worker = definePlugin({
      id: 'worker',
      version: '1.0.0',
      kernel: '^1.0.0',
      hooks: [kernelDraining],
      setup: (ctx) =>
        ctx.on(kernelDraining, ({ deadlineMs }) => {
          draining.resolve(deadlineMs);
          return finish.promise;
        }),
    });
    const plugins = [{ plugin: worker }, { plugin: createSamplePlugin(log) }];
    const host = await startHost({ plugins, dataDir: dataDir(), logLevel: 'silent' });
    const stream = await fetch(`${host.url}/api/x/sample/watch/quiet`);
    const stopped = host.stop();

    expect(await draining.promise).toBe(30_000);
    const ready = await fetch(`${host.url}/health/ready`);
    expect([ready.status, await ready.json()]).toEqual([503, { status: 'draining', canSave: false }]);
    expect((await fetch(`${host.url}/api/x/sample/list`)).status).toBe(200);

    finish.resolve();
    expect(await stopped).toEqual([]);
    expect(await stream.text()).toMatch(/^(:\n\n)*$/);
    expect(log.isClosed).toBe(true);
    await expect(fetch(`${host.url}/health/live`)).rejects.toThrow();
  });

  it('happens once, however often it is asked for', async () => {
    const host = await startTestHost({ plugins: [createSamplePlugin()] });
    expect(await Promise.all([host.stop(), host.stop()])).toEqual([[], []]);
  });
});

describe('readiness', () => {
  const probed = (critical: boolean, probe: () => Promise<HealthAnswer>) =>
    definePlugin({
      id: 'store',
      version: '1.0.0',
      kernel: '^1.0.0',
      critical,
      setup: (ctx) => ctx.health('database', probe),
    });
  const readinessWith = async (critical: boolean, probe: () => Promise<HealthAnswer>) => {
    await using host = await startTestHost({ plugins: [probed(critical, probe)] });
    const reply = await host.request('/health/ready');
    return [reply.status, await reply.json()];
  };
  const reasons = (reason: string) => [{ plugin: 'store', reason: `database: ${reason}` }];

  it('needs no reason where all is well', async () => {
    expect(await readinessWith(true, async () => 'ok')).toEqual([200, { status: 'ready', canSave: false }]);
  });

  it('is degraded, with the reason, where something does not work', async () => {
    const full = async () => ({ state: 'degraded', reason: 'disk full' }) as const;
    expect(await readinessWith(true, full)).toEqual([
      200,
      { status: 'degraded', canSave: false, reasons: reasons('disk full') },
    ]);
  });

  it('is gone where a critical plugin can do nothing', async () => {
    const gone = () => Promise.reject(new Error('no route'));
    expect(await readinessWith(true, gone)).toEqual([
      503,
      { status: 'down', canSave: false, reasons: reasons('no route') },
    ]);
  });

  it('stays where a plugin that is not critical can do nothing', async () => {
    const gone = () => Promise.reject(new Error('no route'));
    expect(await readinessWith(false, gone)).toEqual([
      200,
      { status: 'degraded', canSave: false, reasons: reasons('no route') },
    ]);
  });
});

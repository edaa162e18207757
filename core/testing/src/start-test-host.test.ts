import { existsSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { defineContract, op } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import * as z from 'zod';
import { startTestHost } from './start-test-host.ts';

const contract = defineContract('visits', '1.0.0', {
  count: op({
    method: 'GET',
    path: '/count',
    access: 'public',
    input: z.object({}),
    output: z.object({ n: z.number() }),
  }),
});

/** Counts the visits of each browser in a cookie, and keeps a file in the data folder. */
function visits() {
  let dataDir = '';
  const plugin = definePlugin({
    id: 'visits',
    version: '1.0.0',
    kernel: '^1.0.0',
    config: z.object({ from: z.number().default(0) }).prefault({}),
    setup(ctx) {
      ({ dataDir } = ctx);
      ctx.log.info('counting');
      ctx.routes(contract, {
        count: (_input, { http }) => {
          const n = Number(http?.cookie('n') ?? ctx.config.from) + 1;
          http?.setCookie('n', String(n));
          return { n };
        },
      });
    },
  });
  return { plugin, dataDir: () => dataDir };
}

describe('startTestHost', () => {
  it('keeps the cookies of each browser apart', async () => {
    await using host = await startTestHost({ plugins: [visits().plugin] });
    const other = host.session();
    await host.client(contract).count({});
    expect(await host.client(contract).count({})).toEqual({ n: 2 });
    expect(await other.client(contract).count({})).toEqual({ n: 1 });
    expect(host.cookies.get('n')).toBe('2');
  });

  it('gives settings to bare definitions', async () => {
    await using host = await startTestHost({ plugins: [visits().plugin], config: { visits: { from: 7 } } });
    expect(await host.client(contract).count({})).toEqual({ n: 8 });
  });

  it('keeps the log', async () => {
    await using host = await startTestHost({ plugins: [visits().plugin] });
    expect(host.logs.some(({ plugin, message }) => plugin === 'visits' && message === 'counting')).toBe(true);
  });

  it('removes its data folder, but not one that was given', async () => {
    const own = visits();
    const first = await startTestHost({ plugins: [own.plugin] });
    expect(existsSync(own.dataDir())).toBe(true);
    await first.stop();
    expect(existsSync(own.dataDir())).toBe(false);

    const dataDir = await mkdtemp(join(tmpdir(), 'parley-kept-'));
    await writeFile(join(dataDir, 'kept'), '');
    await (await startTestHost({ plugins: [], dataDir })).stop();
    expect(existsSync(join(dataDir, 'kept'))).toBe(true);
  });

  it('says when somebody can not sign up', async () => {
    await using host = await startTestHost({ plugins: [] });
    await expect(host.user('Ada')).rejects.toThrow('Sign-up of Ada failed: 404');
    await expect(host.admin('Ada')).rejects.toThrow('prints no setup link');
  });
});

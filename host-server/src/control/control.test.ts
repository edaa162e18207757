import { existsSync, mkdirSync, mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { defineContract, op, sse } from '@parley/contracts';
import * as z from 'zod';
import { mountOwn } from '../own-contract.ts';
import { createControlClient, controlPath } from './index.ts';
import { serveControl } from './serve-control.ts';

const contract = defineContract('who', '1.0.0', {
  ask: op({
    method: 'POST',
    path: '/ask',
    access: { permission: 'who.ask' },
    input: z.object({ name: z.string().min(2) }),
    output: z.object({ by: z.string() }),
  }),
  count: sse({
    method: 'GET',
    path: '/count',
    access: { permission: 'who.ask' },
    input: z.object({ to: z.coerce.number(), fail: z.string().optional() }),
    output: z.object({ number: z.number() }),
  }),
});
const stopped = Promise.withResolvers<void>();
async function* count({ to, fail }: { readonly to: number; readonly fail?: string | undefined }) {
  try {
    for (let number = 1; number <= to; number += 1) yield { number };
    if (fail) throw new Error('the disk broke');
  } finally {
    if (to === 1_000_000) stopped.resolve();
  }
}
const mounted = mountOwn(contract, { ask: (_input, { principal }) => ({ by: principal.id }), count });
const warnings: string[] = [];
const quiet = () => undefined;
const log = { debug: quiet, info: quiet, error: quiet, warn: (text: string) => void warnings.push(text) };
const serve = (dataDir: string) => serveControl({ dataDir, contracts: [mounted], log });
const folder = () => mkdtempSync(join(tmpdir(), 'parley-control-'));

describe('the control socket', () => {
  it('lets the owner of the data folder in, as the operator, and nobody else', async () => {
    const dataDir = folder();
    const socket = await serve(dataDir);
    expect(await createControlClient(contract, dataDir).ask({ name: 'ada' })).toEqual({ by: 'operator' });
    expect(statSync(controlPath(dataDir)).mode & 0o777).toBe(0o600);
    await socket.close();
    expect(existsSync(controlPath(dataDir))).toBe(false);
  });

  it('checks its input like the API', async () => {
    const dataDir = folder();
    const socket = await serve(dataDir);
    const asked = createControlClient(contract, dataDir).ask({ name: 'a' });
    await expect(asked).rejects.toMatchObject({ code: 'HOST_INVALID_INPUT', status: 400 });
    await socket.close();
  });

  it('streams, tells a failure on the way, and stops when the command goes', async () => {
    const dataDir = folder();
    const socket = await serve(dataDir);
    const client = createControlClient(contract, dataDir);
    const seen: number[] = [];
    for await (const { event } of client.count({ to: 3 })) seen.push(event.number);
    expect(seen).toEqual([1, 2, 3]);
    const failing = async () => {
      for await (const { event } of client.count({ to: 2, fail: 'yes' })) seen.push(event.number);
    };
    await expect(failing()).rejects.toMatchObject({ code: 'HOST_INTERNAL' });
    expect(seen).toEqual([1, 2, 3, 1, 2]);
    for await (const { event } of client.count({ to: 1_000_000 })) if (event.number === 2) break;
    await stopped.promise;
    await socket.close();
  });

  it('takes the place of what a killed server left', async () => {
    const dataDir = folder();
    writeFileSync(controlPath(dataDir), '');
    const socket = await serve(dataDir);
    expect(await createControlClient(contract, dataDir).ask({ name: 'ada' })).toEqual({ by: 'operator' });
    await socket.close();
  });

  it('stays with the server that has it', async () => {
    const dataDir = folder();
    const first = await serve(dataDir);
    const second = await serve(dataDir);
    expect(warnings.join()).toContain('The control socket is not open');
    await second.close();
    expect(await createControlClient(contract, dataDir).ask({ name: 'ada' })).toEqual({ by: 'operator' });
    await first.close();
  });

  it('lies in a folder of its own where the path is too long for a socket', async () => {
    const dataDir = join(folder(), 'long'.repeat(30));
    mkdirSync(dataDir);
    const path = controlPath(dataDir);
    expect(Buffer.byteLength(path)).toBeLessThan(100);
    const socket = await serve(dataDir);
    expect(statSync(dirname(path)).mode & 0o077).toBe(0);
    expect(await createControlClient(contract, dataDir).ask({ name: 'ada' })).toEqual({ by: 'operator' });
    await socket.close();
  });

  it('is missed with words that say what to do', async () => {
    const asked = createControlClient(contract, folder()).ask({ name: 'ada' });
    await expect(asked).rejects.toMatchObject({ code: 'HOST_NOT_RUNNING' });
  });
});

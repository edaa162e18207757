import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startFaultProxy } from './fault-proxy.ts';
import type { Faults } from './fault-proxy.ts';

const COUNT = Array.from({ length: 60 }, (_, index) => index).join(' ');

describe('startFaultProxy', () => {
  let server: Server;
  let target: string;
  beforeAll(async () => {
    server = createServer((request, response) => {
      if (request.url === '/count') return void response.end(COUNT);
      if (request.url !== '/open') return void response.end('x'.repeat(1_000));
      response.flushHeaders();
      return undefined;
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    target = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const get = async (faults: Faults, path = '/') => {
    const proxy = await startFaultProxy(target, faults);
    try {
      return await (await fetch(`${proxy.url}${path}`, { headers: { connection: 'close' } })).text();
    } finally {
      await proxy.stop();
    }
  };

  it('passes everything where no fault is set', async () => {
    expect(await get({})).toHaveLength(1_000);
  });

  it('cuts after so many bytes', async () => {
    await expect(get({ cutAfterBytes: 500 })).rejects.toThrow();
    expect(await get({ cutAfterBytes: 5_000 })).toHaveLength(1_000);
  });

  it('cuts after so much time', async () => {
    await expect(get({ cutAfterMs: 20 }, '/open')).rejects.toThrow();
  });

  it('refuses connections', async () => {
    await expect(get({ refuse: true })).rejects.toThrow();
  });

  it('holds everything while it is silent, and passes it on afterwards', async () => {
    const proxy = await startFaultProxy(target, { silent: true });
    try {
      let isHere = false;
      const reply = fetch(proxy.url, { headers: { connection: 'close' } }).finally(() => (isHere = true));
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(isHere).toBe(false);
      proxy.set({});
      expect(await (await reply).text()).toHaveLength(1_000);
    } finally {
      await proxy.stop();
    }
  });

  it('delays each piece', async () => {
    const startMs = performance.now();
    expect(await get({ latencyMs: 30 })).toHaveLength(1_000);
    expect(performance.now() - startMs).toBeGreaterThanOrEqual(59);
  });

  it('cuts what comes into pieces, and keeps them in order whatever each waits', async () => {
    const proxy = await startFaultProxy(target, { pieceBytes: 7, jitterMs: 2 });
    expect(await (await fetch(`${proxy.url}/count`)).text()).toBe(COUNT);
    await proxy.stop();
  });

  it('cuts what is open on demand, and passes again afterwards', async () => {
    const proxy = await startFaultProxy(target);
    const open = await fetch(`${proxy.url}/open`);
    proxy.cut();
    await expect(open.text()).rejects.toThrow();
    expect(await (await fetch(proxy.url)).text()).toHaveLength(1_000);
    await proxy.stop();
  });
});

import { once } from 'node:events';
import type { EventEmitter } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, it } from '@jest/globals';
import { createConnection, retryDelayMs } from './redis-connection.ts';

it('waits longer from try to try, at most three seconds and a fifth', () => {
  const delays = Array.from({ length: 12 }, (_, index) => retryDelayMs(index + 1, () => 0.5));
  expect(delays.slice(0, 6)).toEqual([100, 200, 400, 800, 1_600, 3_000]);
  expect(retryDelayMs(1_000, () => 1)).toBe(3_600);
});

it('lets nodes that lost one server come back at different times', () => {
  expect([retryDelayMs(1, () => 0), retryDelayMs(1, () => 1)]).toEqual([80, 120]);
});

it('survives every error of its socket, not only the first', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const connection = await createConnection(`redis://127.0.0.1:${port}`, 'test');
  connection.on('error', () => undefined);
  const opened = connection.connect().catch(() => undefined);
  const [peer] = (await once(server, 'connection')) as [{ destroy(): void }];
  const { stream } = connection as unknown as { readonly stream: EventEmitter };
  for (const message of ['one', 'two', 'three']) expect(() => stream.emit('error', new Error(message))).not.toThrow();
  connection.disconnect();
  peer.destroy();
  await opened;
  server.close();
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createPrincipal } from '@parley/contracts';
import type { Principal } from '@parley/contracts';
import { greeter, greeting, wrapping } from './fixtures/greeter.ts';
import { createMemoryStorage } from './fixtures/memory-storage.ts';
import { createConsumer, doorOf, startIsolated } from './fixtures/start-isolated.ts';

jest.setTimeout(60_000);

const ada = createPrincipal({ kind: 'user', id: 'ada', permissions: ['greeter.use'] });
const bob = createPrincipal({ kind: 'user', id: 'bob' });

describe('between a host and a plugin in a process of its own', () => {
  const consumer = createConsumer(greeter);
  let started: Awaited<ReturnType<typeof startIsolated>>;
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      response.writeHead(201, { 'x-method': request.method, 'content-type': 'text/plain' });
      for (const piece of ['one ', 'two ', body]) response.write(piece);
      response.end();
    });
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    started = await startIsolated({
      door: doorOf('greeter'),
      config: { server: address },
      others: [createMemoryStorage(), consumer.plugin],
    });
    await started.kernel.start();
  });
  afterAll(async () => {
    server.close();
    expect(await started.stop()).toEqual([]);
  });
  const code = (value: string) => expect.objectContaining({ code: value }) as unknown;

  it('a method that answers at once is refused by its name', async () => {
    await expect(Promise.resolve(consumer.get().atOnce())).rejects.toThrow(
      /Method atOnce of test\.greeter answers at once/,
    );
  });

  it('records are kept for the principal that a call handed over, and checked by the schema of the plugin', async () => {
    expect(await consumer.get().remember(ada, '  first  ')).toEqual(['first']);
    expect(await consumer.get().remember(bob, 'other')).toEqual(['other']);
    await expect(consumer.get().remember(ada, '   ')).rejects.toEqual(code('STORAGE_INVALID'));
  });

  it('a principal says at once what it may', async () => {
    expect(await consumer.get().may(ada, 'greeter.use')).toBe(true);
    expect(await consumer.get().may(bob, 'greeter.use')).toBe(false);
  });

  it('a principal comes back as the very same', async () => {
    expect((await consumer.get().echo(ada)) as Principal).toBe(ada);
  });

  it.each(['made', 'written'] as const)('a principal that the plugin has made itself is refused: %s', async (how) => {
    await expect(consumer.get().forge(how)).rejects.toEqual(code('ISOLATION_FOREIGN_PRINCIPAL'));
  });

  it('a transaction is kept as a whole or not at all', async () => {
    expect(await consumer.get().inTransaction(ada, ['a', 'b'], false)).toEqual(['first', 'a', 'b']);
    await expect(consumer.get().inTransaction(ada, ['c', 'd'], true)).rejects.toThrow('changed my mind');
    expect(await consumer.get().inTransaction(ada, [], false)).toEqual(['first', 'a', 'b']);
  });

  it('there is no folder of the host', async () => {
    await expect(consumer.get().ask('dataDir')).rejects.toEqual(code('ISOLATION_UNSUPPORTED'));
  });

  it('requests go through the egress client, bodies both ways', async () => {
    expect(await consumer.get().ask('fetch')).toEqual({
      status: 201,
      method: 'POST',
      text: 'one two sent piece by piece',
    });
  });

  it('taps run there: a value passes through, a call is wrapped', async () => {
    const call = started.kernel.call(ada);
    expect(await started.kernel.hook(greeting).run({ text: 'Hi' }, call)).toEqual({ text: 'Hi (greeted)' });
    expect(await started.kernel.hook(wrapping).run('word', async (word) => word.toUpperCase(), call)).toBe('<WORD!>');
  });

  it('an error from inside a wrapped call stays the very same', async () => {
    const error = new Error('inner');
    const run = started.kernel.hook(wrapping).run('word', () => Promise.reject(error), started.kernel.call(ada));
    await expect(run).rejects.toBe(error);
  });

  it('descriptors are filled by the schema of the capability', () => {
    expect(started.node()?.provides).toMatchObject([{ capability: 'test.greeter', key: 'greeter' }]);
  });

  it('health is asked there', async () => {
    await started.kernel.probe(5_000);
    expect(started.node()?.health).toEqual({ mood: 'ok', process: 'ok' });
  });

  it('effects stand in the graph in the order they were made', () => {
    expect(started.node()?.effects).toEqual([
      'process',
      'provide test.greeter (greeter)',
      'tap test.greeting',
      'tap test.wrapping',
      'routes greeter@1.0.0',
      'counter',
      'health mood',
      'health process',
    ]);
  });

  it('many calls leave nothing behind', async () => {
    for (let round = 0; round < 20; round += 1) {
      await Promise.all(Array.from({ length: 50 }, () => consumer.get().greet('Ada')));
    }
    expect(started.node()?.state).toBe('ready');
  });
});

describe('a plugin in a process of its own that was granted less than it declares', () => {
  const consumer = createConsumer(greeter);
  let started: Awaited<ReturnType<typeof startIsolated>>;
  beforeAll(async () => {
    started = await startIsolated({
      door: doorOf('greeter'),
      config: { apiKey: 'swordfish' },
      grants: { capabilities: ['test.greeter'], hooks: ['test.greeting', 'test.wrapping'] },
      others: [createMemoryStorage(), consumer.plugin],
    });
    await started.kernel.start();
  });
  afterAll(() => started.stop());
  const refused = expect.objectContaining({ code: 'KERNEL_NOT_GRANTED', status: 403 }) as unknown;

  it('does not get the secrets it was not granted, and asking is noted', async () => {
    await expect(consumer.get().ask('config')).rejects.toEqual(refused);
    await consumer.get().greet('Ada');
    expect(started.node()?.denied).toBe(1);
  });

  it('keeps no records', async () => {
    await expect(consumer.get().remember(ada, 'x')).rejects.toEqual(refused);
  });
});

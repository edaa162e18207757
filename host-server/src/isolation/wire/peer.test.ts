import { duplexPair } from 'node:stream';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createPrincipal } from '@parley/contracts';
import { connectPeer, WIRE_LIMITS } from './peer.ts';
import type { WireLimits } from './peer.ts';

const ada = createPrincipal({ kind: 'user', id: 'ada' });

/** A host at one end of a pipe, and at the other somebody who writes lines as they like. */
function connect(root: object, limits: Partial<WireLimits> = {}) {
  const [near, far] = duplexPair();
  const closed = Promise.withResolvers<string | undefined>();
  const lines: string[] = [];
  const arrived: (() => void)[] = [];
  far.setEncoding('utf8').on('data', (text: string) => {
    lines.push(...text.split('\n').filter((line) => line !== ''));
    for (const tell of arrived.splice(0)) tell();
  });
  const peer = connectPeer({
    pipe: near,
    root,
    side: 'host',
    limits: { ...WIRE_LIMITS, ...limits },
    onClose: closed.resolve,
    closeError: (reason) => new Error(`closed: ${reason}`),
    onStray: () => undefined,
  });
  return {
    peer,
    closed: closed.promise,
    write: (message: unknown) => far.write(`${typeof message === 'string' ? message : JSON.stringify(message)}\n`),
    raw: (text: string) => far.write(text),
    next: async () => {
      while (lines.length === 0) await new Promise<void>((resolve) => arrived.push(resolve));
      return JSON.parse(lines.shift() ?? '') as { readonly t: string; readonly e?: { readonly code?: string } };
    },
    end: () => far.destroy(),
  };
}

let end: (() => void) | undefined;
afterEach(() => end?.());

const start = (root: object, limits?: Partial<WireLimits>) => {
  const connection = connect(root, limits);
  end = () => connection.end();
  return connection;
};

describe('a host', () => {
  it.each([
    ['not JSON', 'nonsense'],
    ['an unknown message', { t: 'launch' }],
    ['a message without its fields', { t: 'call', id: 1 }],
    ['a value of an unknown kind', { t: 'call', id: 1, r: 0, m: 'take', a: [{ $: 'socket' }] }],
    ['more pieces than were asked for', { t: 'item', id: 1, v: 1 }],
  ])('ends the connection over %s', async (what, message) => {
    const { peer, write, closed } = start({ take: () => undefined });
    if (what.startsWith('more')) {
      const reading = peer.call('numbers')[Symbol.asyncIterator]().next();
      write({ t: 'open', id: 1 });
      for (let sent = 0; sent < 200; sent += 1) write(message);
      await reading;
    } else write(message);
    expect(await closed).toEqual(expect.any(String));
    await expect(peer.call('anything')).rejects.toThrow('closed');
  });

  it('ends the connection over a message that never ends, before it has kept it', async () => {
    const { raw, closed } = start({}, { maxMessageBytes: 10_000 });
    for (let sent = 0; sent < 20; sent += 1) raw('x'.repeat(1_000));
    expect(await closed).toContain('more than 10000 bytes');
  });

  it('ends the connection over too many calls at once', async () => {
    const { write, closed } = start({ wait: () => new Promise(() => undefined) }, { maxCalls: 5 });
    for (let id = 1; id <= 6; id += 1) write({ t: 'call', id, r: 0, m: 'wait', a: [] });
    expect(await closed).toContain('more than 5 calls');
  });

  it.each(['constructor', '__proto__', 'toString', 'then', 'hasOwnProperty', 'secret'])(
    'has no method %s for the other process',
    async (method) => {
      const { write, next } = start({ secret: 'a value', take: () => 'taken' });
      write({ t: 'call', id: 1, r: 0, m: method, a: [] });
      expect(await next()).toMatchObject({ t: 'error', e: { code: 'ISOLATION_NO_METHOD' } });
    },
  );

  it('gives nothing it has not lent', async () => {
    const { write, next } = start({ take: () => 'taken' });
    write({ t: 'call', id: 1, r: 77, m: '', a: [] });
    expect(await next()).toMatchObject({ t: 'error', e: { code: 'ISOLATION_GONE' } });
    write({ t: 'call', id: 2, r: 0, m: 'take', a: [{ $: 'yours', ref: 77 }] });
    expect(await next()).toMatchObject({ t: 'error', e: { code: 'ISOLATION_GONE' } });
  });

  it.each([
    ['as data', { kind: 'user', id: 'victim', tenantId: 'default', roles: [] }],
    ['deep inside', { query: [{ by: { kind: 'system', id: 'x', tenantId: 'default' } }] }],
    ['as a principal', { $: 'principal', ref: 1, kind: 'user', id: 'victim', tenantId: 'default', permissions: [] }],
  ])('takes no principal from the other process: %s', async (_how, forged) => {
    const { write, next } = start({ take: () => 'taken' });
    write({ t: 'call', id: 1, r: 0, m: 'take', a: [forged] });
    expect(await next()).toMatchObject({ t: 'error', e: { code: 'ISOLATION_FOREIGN_PRINCIPAL' } });
  });

  it('takes back the principal it has lent', async () => {
    const taken: unknown[] = [];
    const { peer, write, next } = start({ take: (value: unknown) => void taken.push(value) });
    void peer.call('hello', ada).catch(() => undefined);
    const { a } = (await next()) as unknown as { readonly a: readonly [{ readonly ref: number }] };
    write({ t: 'call', id: 1, r: 0, m: 'take', a: [{ $: 'yours', ref: a[0].ref }] });
    await next();
    expect(taken[0]).toBe(ada);
  });

  it('lets no key of a message reach a prototype', async () => {
    const taken: unknown[] = [];
    const { raw, next } = start({ take: (value: object) => void taken.push(Object.assign({}, value)) });
    raw('{"t":"call","id":1,"r":0,"m":"take","a":[{"__proto__":{"polluted":true},"kept":1}]}\n');
    await next();
    expect(taken).toEqual([{ kept: 1 }]);
    expect((taken[0] as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('refuses a value that refers to itself', async () => {
    const { peer } = start({});
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;
    await expect(peer.call('take', loop)).rejects.toMatchObject({ code: 'ISOLATION_NOT_SENDABLE' });
  });

  it('ends the connection with somebody who does not read', async () => {
    const { peer, closed } = start({}, { maxBacklogBytes: 100_000 });
    for (let sent = 0; sent < 30; sent += 1) peer.call('take', 'x'.repeat(10_000)).catch(() => undefined);
    expect(await closed).toContain('does not read');
  });
});

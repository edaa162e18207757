import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { AppError } from '@parley/contracts';
import { createEgress } from './create-egress.ts';
import type { Egress } from './create-egress.ts';
import { deniedAddress } from './denied-address.ts';
import { nextHop } from './redirect.ts';

describe('deniedAddress', () => {
  it.each([
    '0.0.0.0',
    '0.1.2.3',
    '10.0.0.1',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.1',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
    '2002:7f00:1::',
    '2001::1',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    '100::1',
    'not-an-address',
    '',
  ])('refuses %s', (address) => {
    expect(deniedAddress(address)).toBeDefined();
  });

  it.each(['1.1.1.1', '93.184.216.34', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111', '::ffff:1.1.1.1'])(
    'lets %s pass',
    (address) => {
      expect(deniedAddress(address)).toBeUndefined();
    },
  );
});

describe('nextHop', () => {
  const hop = (method: string) => ({
    url: new URL('https://a.test/x'),
    init: { method, body: 'b', headers: new Headers({ authorization: 'k', 'content-type': 'text/plain' }) },
  });
  it('is nothing without a redirect', () => {
    expect(nextHop(hop('GET'), 200, 'https://b.test')).toBeUndefined();
    expect(nextHop(hop('GET'), 302, null)).toBeUndefined();
  });
  it('keeps credentials with their origin', () => {
    expect(nextHop(hop('GET'), 307, 'https://b.test/')?.init.headers.get('authorization')).toBeNull();
    expect(nextHop(hop('GET'), 307, '/y')?.init.headers.get('authorization')).toBe('k');
  });
  it('turns a POST into a GET without body where the status asks for it', () => {
    expect(nextHop(hop('POST'), 303, '/y')?.init).toMatchObject({ method: 'GET' });
    expect(nextHop(hop('POST'), 303, '/y')?.init.body).toBeUndefined();
    expect(nextHop(hop('POST'), 308, '/y')?.init).toMatchObject({ method: 'POST', body: 'b' });
  });
});

describe('the egress client', () => {
  let canary: Server;
  let port: number;
  let reached = 0;
  let egress: Egress;
  beforeAll(async () => {
    canary = createServer((request, response) => {
      reached += 1;
      const to = new URL(request.url ?? '/', 'http://x').searchParams.get('to');
      if (to) response.writeHead(302, { location: to });
      response.end('canary');
    });
    await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve));
    port = (canary.address() as AddressInfo).port;
    egress = createEgress((_hostname, done) => done(null, [{ address: '127.0.0.1', family: 4 }]));
  });
  afterEach(() => {
    reached = 0;
    refused.length = 0;
  });
  afterAll(async () => {
    await egress.close();
    canary.closeAllConnections();
    canary.close();
  });
  const refused: string[] = [];
  /** What is allowed; anything else is noted and refused. */
  const access = (allowed: string[]) => ({
    allowed,
    refuse: ({ host }: { readonly host: string }, because?: AppError) => {
      refused.push(host);
      return because ?? new AppError({ code: 'KERNEL_UNDECLARED', status: 500, message: host });
    },
  });
  const fetchWith = (allowed: string[]) => egress.fetchFor('sample', access(allowed));
  const failure = (work: Promise<unknown>) =>
    work.then(
      () => undefined,
      (error: unknown) => error as Error & { code?: string },
    );

  it('refuses a host that is not allowed with the error it is given', async () => {
    const error = await failure(fetchWith([])('https://api.example.com/v1'));
    expect(error?.code).toBe('KERNEL_UNDECLARED');
    expect(refused).toEqual(['api.example.com']);
  });

  it.each([
    'https://localhost',
    'https://localhost.',
    'https://127.0.0.1',
    'https://127.1',
    'https://0x7f.1',
    'https://2130706433',
    'https://0177.0.0.1',
    'https://①②⑦.0.0.1',
    'https://[::1]',
    'https://[::ffff:127.0.0.1]',
    'https://[64:ff9b::7f00:1]',
    'https://[2002:7f00:1::]',
    'https://0.0.0.0',
    'https://169.254.169.254/latest/meta-data',
    'https://name-that-resolves-to-loopback.test',
  ])('never connects to %s, though it is declared', async (target) => {
    const url = new URL(target);
    url.port = String(port);
    const error = await failure(fetchWith([url.host])(url));
    expect(error).toBeInstanceOf(Error);
    expect(reached).toBe(0);
  });

  it('refuses when one of several addresses is not public', async () => {
    const mixed = createEgress((_hostname, done) =>
      done(null, [
        { address: '1.1.1.1', family: 4 },
        { address: '10.0.0.1', family: 4 },
      ]),
    );
    const error = await failure(mixed.fetchFor('sample', access(['mixed.test']))('https://mixed.test'));
    expect(error?.code).toBe('HOST_EGRESS_DENIED');
    expect([String((error as Error).cause), refused]).toEqual([
      expect.stringContaining('10.0.0.1 is private'),
      ['mixed.test'],
    ]);
    await mixed.close();
  });

  it('refuses when the name can not be resolved', async () => {
    const broken = createEgress((_hostname, done) => done(new Error('SERVFAIL'), []));
    const error = await failure(broken.fetchFor('sample', access(['broken.test']))('https://broken.test'));
    expect(String((error as Error).cause)).toContain('SERVFAIL');
    await broken.close();
  });

  it('refuses plain http to a declared host', async () => {
    const error = await failure(fetchWith(['api.example.com'])('http://api.example.com'));
    expect(error?.message).toContain('only https is allowed');
  });

  it('reaches the origin an operator gave, wherever it is', async () => {
    const response = await fetchWith([`http://127.0.0.1:${port}`])(`http://127.0.0.1:${port}/v1`);
    expect(await response.text()).toBe('canary');
  });

  it('keeps to that very port', async () => {
    const error = await failure(fetchWith(['http://127.0.0.1:1'])(`http://127.0.0.1:${port}`));
    expect(error?.code).toBe('KERNEL_UNDECLARED');
    expect(reached).toBe(0);
  });

  it.each(['http://169.254.169.254/', 'http://other.test/', 'https://[::1]/'])(
    'does not follow a redirect to %s',
    async (to) => {
      const origin = `http://127.0.0.1:${port}`;
      const error = await failure(fetchWith([origin])(`${origin}/?to=${encodeURIComponent(to)}`));
      expect(error?.code).toBe('KERNEL_UNDECLARED');
      expect([reached, refused]).toEqual([1, [new URL(to).host]]);
    },
  );

  it('gives up on redirects without end', async () => {
    const server = createServer((_request, response) => response.writeHead(302, { location: '/' }).end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const own = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const error = await failure(fetchWith([own])(own));
    expect(error?.message).toContain('more than 5 redirects');
    server.closeAllConnections();
    server.close();
  });
});

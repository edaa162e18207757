import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { request as httpRequest } from 'node:http';
import { startTestHost } from '@parley/testing';
import type { TestHost } from '@parley/testing';
import { createSamplePlugin } from '../fixtures/sample-plugin.ts';
import { checkHost } from './check-host.ts';
import { checkOrigin } from './check-origin.ts';

describe('checkOrigin', () => {
  const host = 'parley.test:3080';
  it.each([
    ['a tool without either header', 'POST', {}],
    ['a page of the own origin', 'POST', { origin: 'http://parley.test:3080', 'sec-fetch-site': 'same-origin' }],
    ['the own origin behind TLS', 'DELETE', { origin: 'https://parley.test:3080' }],
    ['an address typed by a person', 'POST', { 'sec-fetch-site': 'none' }],
    ['the public address', 'POST', { origin: 'https://chat.example.org' }],
    ['a reading request of a foreign page', 'GET', { origin: 'https://evil.test', 'sec-fetch-site': 'cross-site' }],
  ])('lets %s pass', (_name, method, headers) => {
    expect(() => checkOrigin(method, { host, ...headers }, 'https://chat.example.org')).not.toThrow();
  });

  it.each([
    ['a foreign page', { origin: 'https://evil.test' }],
    ['a neighbouring subdomain', { 'sec-fetch-site': 'same-site', origin: 'http://x.parley.test:3080' }],
    ['another port', { origin: 'http://parley.test:8080' }],
    ['a sandboxed page', { origin: 'null' }],
    ['a page that hides its origin', { 'sec-fetch-site': 'cross-site' }],
    ['the plain form of the public address', { origin: 'http://chat.example.org' }],
  ])('refuses changes from %s', (_name, headers) => {
    expect(() => checkOrigin('POST', { host, ...headers }, 'https://chat.example.org')).toThrow('another origin');
  });
});

describe('checkHost', () => {
  const check = (address: string, host: string | undefined, publicUrl?: string) => {
    let error: unknown = 'not called';
    checkHost(address, publicUrl)({ headers: { host } } as never, {} as never, (given?: unknown) => {
      error = given;
    });
    return error;
  };
  it.each([
    ['127.0.0.1', 'localhost:3080', undefined],
    ['127.0.0.1', '127.0.0.1:3080', undefined],
    ['::1', '[::1]:3080', undefined],
    ['127.0.0.1', 'chat.example.org', 'https://chat.example.org'],
    ['192.168.1.5', '192.168.1.5:3080', 'https://chat.example.org'],
    ['0.0.0.0', 'anything.at.all', undefined],
  ])('on %s answers to %s', (address, host, publicUrl) => {
    expect(check(address, host, publicUrl)).toBeUndefined();
  });

  it.each([
    ['127.0.0.1', 'evil.test:3080', undefined],
    ['127.0.0.1', undefined, undefined],
    ['0.0.0.0', 'evil.test', 'https://chat.example.org'],
  ])('on %s does not answer to %s', (address, host, publicUrl) => {
    expect(check(address, host, publicUrl)).toMatchObject({ status: 421, code: 'HOST_UNKNOWN_HOST' });
  });
});

describe('guards over HTTP', () => {
  let host: TestHost;
  beforeAll(async () => {
    host = await startTestHost({ plugins: [createSamplePlugin()] });
  });
  afterAll(() => host.stop());

  it('refuses a change that a foreign page sends', async () => {
    const response = await host.request('/api/x/sample/any', {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json', origin: 'https://evil.test' },
    });
    expect(response.status).toBe(403);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('refuses a request for another host name', async () => {
    const status = await new Promise((resolve) => {
      httpRequest(host.url, { headers: { host: 'evil.test' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).end();
    });
    expect(status).toBe(421);
  });

  it.each(['/api/config', '/api/nobody', '/health/live', '/nobody', '/api/x/sample/watch/three'])(
    'sets the security headers at %s',
    async (path) => {
      const { headers } = await host.request(path);
      expect(Object.fromEntries(headers)).toMatchObject({
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'permissions-policy': expect.stringMatching(/camera=\(\).*microphone=\(self\)$/),
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      });
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('etag')).toBeNull();
      expect(headers.get('strict-transport-security')).toBeNull();
    },
  );
});

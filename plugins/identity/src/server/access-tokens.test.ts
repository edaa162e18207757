import { createHmac, generateKeyPairSync, sign as signBytes } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { createAccessTokens } from './access-tokens.ts';
import type { AccessTokens } from './access-tokens.ts';

const key = new Uint8Array(32).fill(7);
const NOW_MS = Date.parse('2026-01-01T00:00:00Z');
const nowSeconds = NOW_MS / 1000;
const clock = { now: () => NOW_MS };
const facts = { userId: 'user-1', sessionId: 'session-1', tenantId: 'default', roles: ['admin'] };

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const goodHeader = { alg: 'HS256', typ: 'at+jwt' };
const goodPayload = {
  iss: 'parley',
  aud: 'parley',
  sub: 'user-1',
  sid: 'session-1',
  tenant: 'default',
  roles: [],
  iat: nowSeconds,
  exp: nowSeconds + 60,
};
const forge = (header: object, payload: object, secret: Uint8Array = key, hash = 'sha256') => {
  const input = `${encode(header)}.${encode(payload)}`;
  return `${input}.${createHmac(hash, secret).update(input).digest('base64url')}`;
};

describe('access tokens', () => {
  let tokens: AccessTokens;
  beforeAll(() => {
    tokens = createAccessTokens({ key, ttlSeconds: 900, clock });
  });

  it('gives back the facts it signed', async () => {
    expect(await tokens.verify(await tokens.sign(facts))).toEqual({ ...facts, expiresAtMs: NOW_MS + 900_000 });
  });

  it('accepts a token made by hand exactly like its own', async () => {
    expect(await tokens.verify(forge(goodHeader, goodPayload))).toMatchObject({ userId: 'user-1' });
  });

  it.each<[string, () => string]>([
    ['without a signature', () => `${encode({ ...goodHeader, alg: 'none' })}.${encode(goodPayload)}.`],
    ['of another HMAC', () => forge({ ...goodHeader, alg: 'HS512' }, goodPayload, key, 'sha512')],
    ['signed with an RSA key', () => rsaSigned()],
    ['signed with another key', () => forge(goodHeader, goodPayload, new Uint8Array(32).fill(8))],
    [
      'that brings its own key',
      () => forge({ ...goodHeader, jwk: { kty: 'oct', k: 'AAAA' } }, goodPayload, Buffer.from('AAAA', 'base64url')),
    ],
    ['that names a key file', () => forge({ ...goodHeader, kid: '../../dev/null' }, goodPayload, new Uint8Array(32))],
    ['for another audience', () => forge(goodHeader, { ...goodPayload, aud: 'other' })],
    ['of another issuer', () => forge(goodHeader, { ...goodPayload, iss: 'other' })],
    ['of another type', () => forge({ ...goodHeader, typ: 'JWT' }, goodPayload)],
    ['that has expired', () => forge(goodHeader, { ...goodPayload, exp: nowSeconds - 1 })],
    ['that never expires', () => forge(goodHeader, { ...goodPayload, exp: undefined })],
    ['that is not valid yet', () => forge(goodHeader, { ...goodPayload, nbf: nowSeconds + 60 })],
    ['without a session', () => forge(goodHeader, { ...goodPayload, sid: undefined })],
    ['with roles of another shape', () => forge(goodHeader, { ...goodPayload, roles: 'admin' })],
    [
      'changed after signing',
      () => forge(goodHeader, goodPayload).replace(/\.[\w-]+\./, `.${encode({ ...goodPayload, sub: 'user-2' })}.`),
    ],
    ['that is no token', () => 'not-a-token'],
  ])('refuses a token %s', async (_name, make) => {
    expect(await tokens.verify(make())).toBeUndefined();
  });
});

function rsaSigned(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const input = `${encode({ ...goodHeader, alg: 'RS256' })}.${encode(goodPayload)}`;
  return `${input}.${signBytes('sha256', Buffer.from(input), privateKey).toString('base64url')}`;
}

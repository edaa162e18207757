import { describe, expect, it } from '@jest/globals';
import { defineEntity, defineHook, secret } from '@parley/contracts';
import * as z from 'zod';
import { definePlugin } from '../define-plugin.ts';
import { manifestOf } from '../manifest/manifest.ts';
import { declaredGrants, formatLockfile, grantOptions, missingGrants, parseLockfile } from './index.ts';

const HASH = 'a'.repeat(64);
const locked = { version: '1.0.0', manifestHash: HASH, filesHash: HASH, grants: { network: ['api.example.com'] } };
const greeting = defineHook({
  id: 'acme.greeting',
  kind: 'notify',
  summary: 'Somebody came.',
  input: z.object({}),
  onError: 'skip',
  timeoutMs: 100,
});
const manifest = manifestOf(
  definePlugin({
    id: 'acme.weather',
    version: '1.0.0',
    kernel: '^1.0.0',
    config: z.object({ apiKey: secret() }),
    hooks: [greeting],
    entities: [defineEntity({ name: 'place', version: 1, scope: 'user', schema: z.object({ name: z.string() }) })],
    permissions: { network: ['api.example.com', 'maps.example.com'] },
    setup() {},
  }),
);

describe('a lockfile', () => {
  it('comes back as it was written, sorted by id', () => {
    const text = formatLockfile({ plugins: { 'b.two': locked, 'a.one': locked } });
    expect(parseLockfile(text, 'parley.lock.json').plugins).toEqual({ 'a.one': locked, 'b.two': locked });
    expect(text.indexOf('a.one')).toBeLessThan(text.indexOf('b.two'));
  });

  it('reports every problem with its place', () => {
    const text = JSON.stringify({ formatVersion: 1, plugins: { x: { ...locked, filesHash: 'short', more: 1 } } });
    expect(() => parseLockfile(text, 'parley.lock.json')).toThrow(/plugins\.x\.filesHash: expected a SHA-256[^]*more/);
  });

  it('says when it is no JSON', () => {
    expect(() => parseLockfile('{', 'parley.lock.json')).toThrow('parley.lock.json is no JSON');
  });
});

describe('grants', () => {
  it('list everything a plugin asks for', () => {
    expect(declaredGrants(manifest)).toEqual({
      network: ['api.example.com', 'maps.example.com'],
      secrets: ['apiKey'],
      hooks: ['acme.greeting'],
      capabilities: ['storage-driver'],
      storage: true,
    });
  });

  it('that cover everything leave nothing', () => {
    expect(missingGrants(manifest, declaredGrants(manifest))).toBeUndefined();
  });

  it('that allow less leave the rest, as options of the command that grants it', () => {
    const missing = missingGrants(manifest, { ...declaredGrants(manifest), network: [], storage: false });
    expect(missing).toEqual({ network: ['api.example.com', 'maps.example.com'], storage: true });
    expect(grantOptions(missing ?? {})).toBe('--network api.example.com,maps.example.com --storage');
  });
});

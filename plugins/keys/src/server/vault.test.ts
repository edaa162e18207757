import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createVault } from './vault.ts';

const keys = new Map<string, Uint8Array>();
const keyOf = (id: string): Uint8Array => {
  const key = keys.get(id) ?? randomBytes(32);
  keys.set(id, key);
  return key;
};
const vault = createVault('k1', keyOf);
const place = { tenantId: 't', ownerId: 'ann', provider: 'openai' };
const values = { apiKey: 'sk-CANARY', baseUrl: 'https://example.org/' };

describe('createVault', () => {
  it('gives back what it sealed, and shows none of it', () => {
    const sealed = vault.seal(values, place);
    expect(sealed).toMatch(/^k1\.[\w-]+$/);
    expect(Buffer.from(sealed.slice(3), 'base64url').toString('latin1')).not.toContain('CANARY');
    expect(vault.open(sealed, place)).toEqual(values);
  });

  it('never seals the same twice in the same way', () => {
    expect(vault.seal(values, place)).not.toBe(vault.seal(values, place));
  });

  it.each([
    ['of another person', { ...place, ownerId: 'ben' }],
    ['of all', { ...place, ownerId: undefined }],
    ['of another tenant', { ...place, tenantId: 'u' }],
    ['for another provider', { ...place, provider: 'elsewhere' }],
  ])('does not open in a place %s', (_name, other) => {
    const sealed = vault.seal(values, place);
    expect(() => vault.open(sealed, other)).toThrow();
  });

  it('does not open when one bit was changed, nor under the name of another key', () => {
    const sealed = vault.seal(values, place);
    const bytes = Buffer.from(sealed.slice(3), 'base64url');
    for (const at of [0, 12, bytes.length - 1]) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => vault.open(`k1.${changed.toString('base64url')}`, place)).toThrow();
    }
    expect(() => vault.open(`k2.${sealed.slice(3)}`, place)).toThrow();
  });

  it('opens what an earlier key sealed, and knows that it is old', () => {
    const sealed = vault.seal(values, place);
    const next = createVault('k2', keyOf);
    expect(next.open(sealed, place)).toEqual(values);
    expect([vault.isOld(sealed), next.isOld(sealed)]).toEqual([false, true]);
  });
});

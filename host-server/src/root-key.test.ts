import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createKeyDerivation, readRootKey } from './root-key.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'parley-key-'));

describe('readRootKey', () => {
  it('makes a key that only its owner reads, and reads the same one again', () => {
    const dir = folder();
    const key = readRootKey(dir, undefined);
    expect(key.length).toBeGreaterThanOrEqual(43);
    expect(statSync(join(dir, 'secret.key')).mode & 0o777).toBe(0o600);
    expect(readRootKey(dir, undefined)).toBe(key);
  });

  it('takes the given secret instead', () => {
    expect(readRootKey(folder(), 'x'.repeat(32))).toBe('x'.repeat(32));
  });

  it('refuses a short secret without repeating it', () => {
    expect(() => readRootKey(folder(), 'swordfish')).toThrow('PARLEY_SECRET has 9 characters; at least 32');
  });

  it('refuses a key file that was cut', () => {
    const dir = folder();
    writeFileSync(join(dir, 'secret.key'), 'abc');
    expect(() => readRootKey(dir, undefined)).toThrow('has 3 characters');
  });
});

describe('createKeyDerivation', () => {
  const derive = createKeyDerivation('x'.repeat(32));
  it('gives the same 32 bytes for the same plugin and purpose', () => {
    expect(derive('notes', 'seal')).toHaveLength(32);
    expect(derive('notes', 'seal')).toEqual(derive('notes', 'seal'));
  });
  it('gives others for any other', () => {
    const keys = [derive('notes', 'seal'), derive('notes', 'sign'), derive('note', 'sseal'), derive('chat', 'seal')];
    expect(new Set(keys.map((key) => Buffer.from(key).toString('hex'))).size).toBe(4);
  });
});

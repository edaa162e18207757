import { describe, expect, it } from '@jest/globals';
import { hashPassword, isOutdated, verifyPassword } from './password-hash.ts';

const CHEAP = { memoryKib: 64, passes: 1, lanes: 1 };

describe('password hashes', () => {
  it('state algorithm, version and cost, and hold no part of the password', async () => {
    const hash = await hashPassword('quiet otter over the weir');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
  });

  it('differ for the same password', async () => {
    expect(await hashPassword('same', CHEAP)).not.toBe(await hashPassword('same', CHEAP));
  });

  it('fit the password they were made from and no other', async () => {
    const hash = await hashPassword('right', CHEAP);
    expect([await verifyPassword('right', hash), await verifyPassword('Right', hash)]).toEqual([true, false]);
  });

  it('fit however a keyboard composes the same character', async () => {
    expect(await verifyPassword('cafe\u0301', await hashPassword('caf\u00e9', CHEAP))).toBe(true);
  });

  it('made by another implementation are understood', async () => {
    // From the reference implementation: echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1 -l 24
    const hash = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
    expect(await verifyPassword('password', hash)).toBe(true);
  });

  it.each(['', 'plain', '$2b$10$abcdefghijklmnopqrstuv', '$argon2i$v=19$m=64,t=1,p=1$c2FsdA$aGFzaA'])(
    'that can not be read fit nothing: %s',
    async (hash) => {
      expect(await verifyPassword('plain', hash)).toBe(false);
    },
  );

  it('are outdated when they were made at another cost', async () => {
    expect([isOutdated(await hashPassword('x', CHEAP)), isOutdated(await hashPassword('x'))]).toEqual([true, false]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { findWeakness } from './password-policy.ts';

const owner = { email: 'ada.lovelace@example.org', name: 'Augusta Ada King' };
const check = (password: string) => findWeakness(password, owner, 12);

describe('findWeakness', () => {
  it.each([
    'quiet otter over the weir',
    'korrekt-pferd-batterie',
    'Tr0ub4dor&3xyz',
    '静かなカワウソが堰の上に居る',
    'dragonfly wings',
  ])('takes %s', (password) => {
    expect(check(password)).toBeUndefined();
  });

  it('counts characters as people do', () => {
    expect(check('🦦🦦🦦🦦🦦🦦')).toBe('The password has 6 characters; use at least 12');
  });

  it.each(['ada.lovelace@example.org', 'Ada.Lovelace', 'augusta ada king', 'AUGUSTAADAKING'])(
    'refuses %s, which is known of her',
    (password) => {
      expect(check(password)).toContain('your name or e-mail address');
    },
  );

  it.each([
    'password1234',
    'Password2026!',
    'administrator',
    'passwordpassword',
    'qwertyuiop[]',
    'iloveyou1234',
    '1qaz2wsx3edc',
    '123456789012',
    '098765432109',
    'abcdefghijklm',
    'aaaaaaaaaaaa',
    'abcabcabcabcab',
    'correct horse battery staple',
  ])('refuses %s, which is tried first', (password) => {
    expect(check(password)).toContain('among the first');
  });

  it('asks for no kinds of characters', () => {
    expect(check('onlylowercaseletters')).toBeUndefined();
  });

  it('answers quickly to the longest password there may be', () => {
    const hostile = `${'1'.repeat(999)}x`;
    const startMs = performance.now();
    check(hostile);
    expect(performance.now() - startMs).toBeLessThan(100);
  });
});

import { describe, expect, it } from '@jest/globals';
import { loginPath, safeReturnTo } from './return-to.ts';

describe('where a sign-in leads', () => {
  it.each(['/c/1', '/c/1?m=2#end', '/'])('goes on to %s of this origin', (path) => {
    expect(safeReturnTo(path)).toBe(path);
  });

  it.each([
    null,
    '',
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '/\t/evil.example',
  ])('goes to the start page instead of %j', (value) => {
    expect(safeReturnTo(value)).toBe('/');
  });

  it('is kept in the address of the login page', () => {
    expect(loginPath('/c/1', '?m=2')).toBe('/login?returnTo=%2Fc%2F1%3Fm%3D2');
    expect(loginPath('/', '')).toBe('/login');
  });
});

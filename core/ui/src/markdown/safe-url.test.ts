import { describe, expect, it } from '@jest/globals';
import { toSafeUrl } from './safe-url.ts';

describe('toSafeUrl', () => {
  for (const text of [
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    ' \u0001javascript:alert(1)',
    'java\tscript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'blob:http://localhost/1',
    'file:///etc/passwd',
    'about:blank',
    'ws://example.org',
    'http://[broken',
  ]) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(toSafeUrl(text, 'link')).toBeUndefined();
      expect(toSafeUrl(text, 'image')).toBeUndefined();
    });
  }

  it('takes https, http and mailto links', () => {
    expect(toSafeUrl('https://example.org/a', 'link')).toEqual({
      url: 'https://example.org/a',
      isRemote: true,
      host: 'example.org',
    });
    expect(toSafeUrl('http://example.org', 'link')?.isRemote).toBe(true);
    expect(toSafeUrl('mailto:a@example.org', 'link')?.isRemote).toBe(true);
  });
  it('takes no mail address for an image', () => {
    expect(toSafeUrl('mailto:a@example.org', 'image')).toBeUndefined();
  });
  it('knows a relative address as its own', () => {
    expect(toSafeUrl('/c/1?leaf=2', 'link')?.isRemote).toBe(false);
  });
  for (const text of ['//evil.example/x', '\\\\evil.example/x', '/\\evil.example/x']) {
    it(`sees that ${JSON.stringify(text)} leaves this origin`, () => {
      expect(toSafeUrl(text, 'image')?.isRemote).toBe(true);
    });
  }
});

import { describe, expect, it } from '@jest/globals';
import { findOpenFence } from './fence.ts';

describe('findOpenFence', () => {
  it('reads language, meta and the code so far', () => {
    expect(findOpenFence('```ts title=a\nconst x = 1;\nconst y')).toEqual({
      language: 'ts',
      meta: 'title=a',
      code: 'const x = 1;\nconst y',
    });
  });
  it('finds nothing when the fence is closed', () => {
    expect(findOpenFence('```\nx\n```')).toBeUndefined();
  });
  it('is not closed by a shorter fence or another mark', () => {
    expect(findOpenFence('````\n```\n~~~~\n')?.code).toBe('```\n~~~~');
  });
  it('hides a last line that may become the closing fence', () => {
    expect(findOpenFence('```js\nx\n``')?.code).toBe('x');
  });
  it('finds nothing before the first line is complete', () => {
    expect(findOpenFence('```j')).toBeUndefined();
  });
  it('finds nothing in a line of inline code', () => {
    expect(findOpenFence('```a``` b\n')).toBeUndefined();
  });
});

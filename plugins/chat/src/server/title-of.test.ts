import { describe, expect, it } from '@jest/globals';
import { titleOf } from './title-of.ts';

const title = (text: string) => titleOf([{ type: 'text', text }]);

describe('titleOf', () => {
  it('takes the first line that says something', () => {
    expect(title('\n  \n  What is  a monad?\nI mean really.')).toBe('What is a monad?');
  });

  it('cuts a long line between words', () => {
    const cut = title('Please explain the difference between a mutex and a semaphore in detail');
    expect(cut).toBe('Please explain the difference between a mutex and a…');
    expect(Array.from(cut).length).toBeLessThanOrEqual(60);
  });

  it('cuts a text without spaces and keeps characters whole', () => {
    expect(title('👩‍🚀'.repeat(80))).toMatch(/…$/);
    expect(title('あ'.repeat(80))).toBe(`${'あ'.repeat(59)}…`);
  });

  it('has a name for a prompt without words', () => {
    expect(titleOf([])).toBe('New chat');
    expect(title('   ')).toBe('New chat');
  });
});

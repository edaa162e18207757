import { describe, expect, it } from '@jest/globals';
import { storageErrors } from '@parley/contracts';
import { hostErrors } from '../host-errors.ts';
import { recheck } from './recheck.ts';

describe('recheck', () => {
  const leaves = async (enter: () => Promise<unknown>): Promise<boolean> => {
    let hasLeft = false;
    await recheck(enter, () => (hasLeft = true));
    return hasLeft;
  };

  it('stays where somebody is let in', async () => {
    expect(await leaves(() => Promise.resolve('in'))).toBe(false);
  });

  it('leaves where somebody is refused, and where nobody knows why it failed', async () => {
    expect(await leaves(() => Promise.reject(hostErrors.UNAUTHENTICATED()))).toBe(true);
    expect(await leaves(() => Promise.reject(new Error('broken')))).toBe(true);
  });

  it('stays while the database that would tell is away', async () => {
    expect(await leaves(() => Promise.reject(storageErrors.UNAVAILABLE({ reason: 'it is away' })))).toBe(false);
  });
});

import { describe, expect, it } from '@jest/globals';
import type { PasswordStore } from './entities.ts';
import { hashPassword, isOutdated } from './password-hash.ts';
import { createPasswordKeeper } from './password-keeper.ts';

/** As much of a store as a keeper uses. */
function createRecords(records: Record<string, string>) {
  const find = async (id: string) => (records[id] === undefined ? undefined : { id, hash: records[id] });
  const update = async (id: string, { hash }: { hash?: string }) => {
    records[id] = hash ?? '';
  };
  return { records, store: { find, update } as unknown as PasswordStore };
}

describe('createPasswordKeeper', () => {
  it('hashes again at today’s cost when somebody signs in', async () => {
    const cheap = await hashPassword('right', { memoryKib: 64, passes: 1, lanes: 1 });
    const { records, store } = createRecords({ ada: cheap });
    expect(await createPasswordKeeper(store).check('ada', 'right')).toBe(true);
    expect(isOutdated(records['ada'] ?? '')).toBe(false);
    expect(await createPasswordKeeper(store).check('ada', 'right')).toBe(true);
  });

  it('leaves an old hash as it is when the password is wrong', async () => {
    const cheap = await hashPassword('right', { memoryKib: 64, passes: 1, lanes: 1 });
    const { records, store } = createRecords({ ada: cheap });
    expect(await createPasswordKeeper(store).check('ada', 'wrong')).toBe(false);
    expect(records['ada']).toBe(cheap);
  });

  it('refuses nobody, and a user without a password', async () => {
    const keeper = createPasswordKeeper(createRecords({}).store);
    expect([await keeper.check(undefined, 'x'), await keeper.check('ada', 'x')]).toEqual([false, false]);
  });
});

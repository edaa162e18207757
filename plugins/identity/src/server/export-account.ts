import type { PersonFile, User } from '@parley/contracts';

/** The account as a file of an export. */
export const exportAccount = (find: () => Promise<User | undefined>): PersonFile => ({
  path: 'account.json',
  about: 'The account: name, e-mail address and roles.',
  async *read() {
    yield `${JSON.stringify((await find()) ?? {}, undefined, 2)}\n`;
  },
});

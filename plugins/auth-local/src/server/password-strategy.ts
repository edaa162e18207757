import type { Accounts, PassportStrategy } from '@parley/plugin-identity/contract';
import type { PasswordKeeper } from './password-keeper.ts';

/** Passport's strategy for an e-mail address and a password; unknown addresses take as long as wrong passwords. */
export async function createPasswordStrategy(
  accounts: Pick<Accounts, 'findByEmail'>,
  passwords: Pick<PasswordKeeper, 'check'>,
): Promise<PassportStrategy> {
  const { Strategy } = (await import('passport-local')).default;
  return new Strategy({ usernameField: 'email', session: false }, (email, password, report) => {
    const verify = async () => {
      const user = await accounts.findByEmail(email);
      return (await passwords.check(user?.id, password)) && user;
    };
    verify().then(
      (user) => report(null, user || false),
      (error: unknown) => report(error),
    );
  });
}

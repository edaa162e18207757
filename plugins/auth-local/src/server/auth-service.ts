import { newId } from '@parley/contracts';
import type { HttpExchange, Principal, User } from '@parley/contracts';
import { normalizeEmail } from '@parley/plugin-identity/contract';
import type { Accounts, NewUser, PassportStrategy, ProofOutcome, SignedIn } from '@parley/plugin-identity/contract';
import { authLocalErrors } from '../contract/index.ts';
import type { Config } from './config.ts';
import type { KnownDevices } from './known-device.ts';
import type { PasswordKeeper } from './password-keeper.ts';
import { findWeakness } from './password-policy.ts';
import type { Owner } from './password-policy.ts';
import type { Try, TryLimits } from './try-limits.ts';

/** What signing up and in works with. */
export interface AuthDeps {
  readonly accounts: Accounts;
  readonly passwords: PasswordKeeper;
  /** Made by the first sign-in, since its library takes a while to load. */
  readonly strategy: () => Promise<PassportStrategy>;
  readonly limits: TryLimits;
  readonly devices: KnownDevices;
  readonly config: Config;
}

/** Who wants an account. */
export interface SignUp {
  readonly email: string;
  readonly name: string;
  readonly password: string;
  readonly setupToken?: string | undefined;
}

/** The rules of signing up, signing in and changing the password. */
export interface AuthService {
  signUp(input: SignUp, http: HttpExchange): Promise<SignedIn>;
  signIn(input: { readonly email: string; readonly password: string }, http: HttpExchange): Promise<SignedIn>;
  /** @see IdentityProof */
  prove(principal: Principal, password: string, http: HttpExchange): Promise<ProofOutcome>;
  changePassword(
    input: { readonly current: string; readonly next: string },
    session: { readonly userId: string; readonly sessionId?: string | undefined; readonly ip: string },
  ): Promise<void>;
}

export function createAuthService(deps: AuthDeps): AuthService {
  const { accounts, passwords, strategy, limits, devices, config } = deps;

  function assertStrong(password: string, owner: Owner): void {
    const reason = findWeakness(password, owner, config.minPasswordLength);
    if (reason !== undefined) throw authLocalErrors.WEAK_PASSWORD({ reason });
  }
  async function createUser(user: NewUser & { readonly id: string }): Promise<User> {
    try {
      return await accounts.createUser(user);
    } catch (error) {
      await passwords.remove(user.id);
      throw error;
    }
  }
  async function enter(user: User, http: HttpExchange): Promise<SignedIn> {
    devices.remember(http, normalizeEmail(user.email));
    return accounts.signIn(user, http);
  }

  return {
    async signUp({ email, name, password, setupToken }, http) {
      if (config.signUp === 'closed' && setupToken === undefined) throw authLocalErrors.CLOSED();
      await limits.count({ ip: http.ip });
      assertStrong(password, { email, name });
      // The password first: a crash in between leaves the password of nobody, and not a person without one.
      const id = newId();
      await passwords.add(id, password);
      const token = setupToken === undefined ? {} : { setupToken };
      return enter(await createUser({ id, email, name, ...token }), http);
    },
    async signIn({ email, password }, http) {
      const address = normalizeEmail(email);
      const attempt: Try = { ip: http.ip, email: address, knownDevice: devices.find(http, address) };
      await limits.count(attempt);
      const outcome = await accounts.authenticate(await strategy(), { http, body: { email: address, password } });
      if (outcome.kind !== 'success') throw authLocalErrors.WRONG_CREDENTIALS();
      await limits.reset(attempt);
      return enter(outcome.user as User, http);
    },
    async prove({ id, sessionId }, password, { ip }) {
      const user = await accounts.find(id);
      if (!user || !(await passwords.has(id))) return 'unknown';
      const attempt: Try = { ip, email: user.email, knownDevice: sessionId };
      await limits.count(attempt);
      if (!(await passwords.check(id, password))) return 'wrong';
      await limits.reset(attempt);
      return 'right';
    },
    async changePassword({ current, next }, { userId, sessionId, ip }) {
      const user = await accounts.find(userId);
      if (!user) throw authLocalErrors.WRONG_PASSWORD();
      const attempt: Try = { ip, email: user.email, knownDevice: sessionId };
      await limits.count(attempt);
      if (!(await passwords.check(userId, current))) throw authLocalErrors.WRONG_PASSWORD();
      await limits.reset(attempt);
      assertStrong(next, user);
      await passwords.replace(userId, next);
      await accounts.revokeAll(userId, sessionId);
    },
  };
}

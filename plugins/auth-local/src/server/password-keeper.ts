import { hashPassword, isOutdated, verifyPassword } from './password-hash.ts';
import type { PasswordStore } from './entities.ts';
import { createTurnstile } from './turnstile.ts';

/** Keeps passwords as hashes and checks them, two at a time so that memory stays bounded. */
export interface PasswordKeeper {
  add(userId: string, password: string): Promise<void>;
  /** Whether it is this user's password. Takes the same time for `undefined`, for nobody. */
  check(userId: string | undefined, password: string): Promise<boolean>;
  has(userId: string): Promise<boolean>;
  replace(userId: string, password: string): Promise<void>;
  remove(userId: string): Promise<void>;
}

/** 19 MiB each. */
const MAX_RUNNING = 2;
/** About ten seconds of waiting. */
const MAX_WAITING = 200;

export function createPasswordKeeper(passwords: PasswordStore): PasswordKeeper {
  const turnstile = createTurnstile({ maxRunning: MAX_RUNNING, maxWaiting: MAX_WAITING });
  const hash = (password: string) => turnstile(() => hashPassword(password));
  const decoy = hash(crypto.randomUUID());
  return {
    async add(userId, password) {
      await passwords.insert({ id: userId, ownerId: userId, hash: await hash(password) });
    },
    async check(userId, password) {
      const record = userId === undefined ? undefined : await passwords.find(userId);
      const stored = record?.hash ?? (await decoy);
      const isRight = await turnstile(() => verifyPassword(password, stored));
      if (!record || !isRight) return false;
      if (isOutdated(stored)) await passwords.update(record.id, { hash: await hash(password) });
      return true;
    },
    has: async (userId) => (await passwords.find(userId)) !== undefined,
    async replace(userId, password) {
      await passwords.update(userId, { hash: await hash(password) });
    },
    remove: (userId) => passwords.delete(userId),
  };
}

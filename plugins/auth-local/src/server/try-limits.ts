import { createHash } from 'node:crypto';
import type { Cache } from '@parley/contracts';
import { authLocalErrors } from '../contract/index.ts';
import { toNetwork } from './network.ts';

/** What a try is counted for. */
export interface Try {
  readonly ip: string;
  /** The address typed in, whether or not there is such an account. */
  readonly email?: string;
  /** A browser this account has signed in with before: it is counted by itself, so that strangers can't lock it out. */
  readonly knownDevice?: string | undefined;
}

/** Counts tries before anything is looked up. */
export interface TryLimits {
  /** @throws AUTH_LOCAL_TOO_MANY_TRIES */
  count(attempt: Try): Promise<void>;
  /** The password was right: the account's count starts again; the one of the network does not. */
  reset(attempt: Try): Promise<void>;
}

// Hashed, so that the cache holds no list of addresses.
const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');

function accountKey({ email, knownDevice }: Try): string | undefined {
  if (email === undefined) return undefined;
  return knownDevice === undefined ? `account:${digest(email)}` : `device:${digest(`${email} ${knownDevice}`)}`;
}

export function createTryLimits(deps: {
  readonly cache: Cache;
  readonly triesPerAccount: number;
  readonly triesPerAddress: number;
  readonly tryWindowSeconds: number;
}): TryLimits {
  const { cache, triesPerAccount, triesPerAddress, tryWindowSeconds } = deps;

  async function countOne(key: string, limit: number): Promise<void> {
    const { allowed, resetMs } = await cache.take(key, { limit, windowMs: tryWindowSeconds * 1_000 });
    if (!allowed) throw authLocalErrors.TOO_MANY_TRIES({ retryAfterSeconds: Math.ceil(resetMs / 1_000) });
  }

  return {
    async count(attempt) {
      await countOne(`address:${digest(toNetwork(attempt.ip))}`, triesPerAddress);
      const account = accountKey(attempt);
      if (account !== undefined) await countOne(account, triesPerAccount);
    },
    async reset(attempt) {
      const account = accountKey(attempt);
      if (account !== undefined) await cache.delete(account);
    },
  };
}

import { hashSecret, isSameHash, randomSecret } from './secrets.ts';

/** The token of the setup address; only its hash is kept. */
export interface SetupToken {
  /** A new token, the only one that matches from now on. */
  issue(): string;
  matches(token: string): boolean;
}

export function createSetupToken(): SetupToken {
  let hash: string | undefined;
  return {
    issue() {
      const token = randomSecret();
      hash = hashSecret(token);
      return token;
    },
    matches: (token) => isSameHash(hashSecret(token), hash),
  };
}

import type { RedisLink } from './redis-link.ts';

const MAX_KEYS = 100_000;
const KEYS_AT_ONCE = 1_000;

/** Keys that were written or deleted while Redis could not be told: what it still holds under them is no longer true. */
export interface TouchedKeys {
  add(key: string): void;
  /** Deletes them in Redis, those that come meanwhile too. @throws what Redis says */
  forget(): Promise<void>;
}

/** Beyond a hundred thousand keys it no longer knows which: then all values and limits are forgotten. */
export function createTouchedKeys(link: RedisLink, keyPrefix: string): TouchedKeys {
  const keys = new Set<string>();
  let areTooMany = false;

  const deleteAll = async (pattern: string): Promise<void> => {
    const glob = pattern.replaceAll(/[\\*?[\]]/g, String.raw`\$&`);
    let cursor = '0';
    do {
      const [next, found] = await link.commands.scan(cursor, 'MATCH', `${glob}*`, 'COUNT', KEYS_AT_ONCE);
      cursor = next;
      if (found.length > 0) await link.commands.unlink(...found);
    } while (cursor !== '0');
  };

  return {
    add(key) {
      if (keys.size < MAX_KEYS) keys.add(key);
      else areTooMany = true;
    },
    async forget() {
      if (areTooMany) {
        await deleteAll(`${keyPrefix}v:`);
        await deleteAll(`${keyPrefix}l:`);
        areTooMany = false;
      }
      while (keys.size > 0) {
        const some = [...keys].slice(0, KEYS_AT_ONCE);
        await link.commands.unlink(...some);
        for (const key of some) keys.delete(key);
      }
    },
  };
}

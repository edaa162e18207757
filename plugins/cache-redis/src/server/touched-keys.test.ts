import { expect, it } from '@jest/globals';
import { startRedisServer } from '@parley/testing';
import type { RedisServer } from '@parley/testing';
import { KitSkip } from '@parley/testing/kits';
import { RedisLink } from './redis-link.ts';
import { createTouchedKeys } from './touched-keys.ts';

const TIMEOUT_MS = 60_000;
const MORE_THAN_IT_REMEMBERS = 100_001;

/** What is left of some keys after so many others were touched; `undefined` without a server. */
async function leftAfter(count: number): Promise<readonly string[] | undefined> {
  let server: RedisServer;
  try {
    server = await startRedisServer();
  } catch (error) {
    if (!(error instanceof KitSkip)) throw error;
    console.info(`skipped: ${error.message}`);
    return undefined;
  }
  const log = { info: () => undefined, warn: () => undefined };
  const keyPrefix = 'a*[b]:';
  const link = await RedisLink.open({ url: server.url, keyPrefix, commandTimeoutMs: 5_000, log, now: Date.now });
  const keys = [`${keyPrefix}v:value`, `${keyPrefix}l:limit`, `${keyPrefix}k:lock`, 'axb:v:of another installation'];
  for (const key of keys) await link.commands.set(key, '1');
  const touched = createTouchedKeys(link, keyPrefix);
  touched.add(`${keyPrefix}v:touched`);
  await link.commands.set(`${keyPrefix}v:touched`, 'no longer true');
  for (let index = 1; index < count; index += 1) touched.add(`${keyPrefix}v:k${index}`);
  await touched.forget();
  const left = await link.commands.keys('*');
  await link.end();
  await server.stop();
  return left.filter((key) => key !== `${keyPrefix}probe`).toSorted();
}

it(
  'forgets the touched keys and no other',
  async () => {
    const left = await leftAfter(2_500);
    if (left === undefined) return;
    expect(left).toEqual(['a*[b]:k:lock', 'a*[b]:l:limit', 'a*[b]:v:value', 'axb:v:of another installation']);
  },
  TIMEOUT_MS,
);

it(
  'forgets all values and limits of its own when it no longer knows which were touched',
  async () => {
    const left = await leftAfter(MORE_THAN_IT_REMEMBERS);
    if (left === undefined) return;
    expect(left).toEqual(['a*[b]:k:lock', 'axb:v:of another installation']);
  },
  TIMEOUT_MS,
);

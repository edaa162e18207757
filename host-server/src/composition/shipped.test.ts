import { describe, expect, it } from '@jest/globals';
import { shippedEntries } from './shipped.ts';

const names = ['cache-memory', 'cache-redis', 'notes'];
const byEnvironment = {
  'cache-redis': { settings: { url: 'REDIS_URL', keyPrefix: 'REDIS_PREFIX' }, inPlaceOf: 'cache-memory' },
};

describe('the default entries', () => {
  it('leave out a plugin that needs an outside system nobody named', () => {
    expect(shippedEntries({ REDIS_URL: '', REDIS_PREFIX: 'parley' }, names, byEnvironment)).toEqual([
      { use: 'cache-memory', isEnabled: true },
      { use: 'cache-redis', isEnabled: false },
      { use: 'notes', isEnabled: true },
    ]);
  });

  it('enable it in place of the embedded one when its first variable is set', () => {
    expect(shippedEntries({ REDIS_URL: 'redis://localhost' }, names, byEnvironment)).toEqual([
      { use: 'cache-memory', isEnabled: false },
      { use: 'cache-redis', isEnabled: true, settings: { url: 'redis://localhost' } },
      { use: 'notes', isEnabled: true },
    ]);
  });

  it('hand over the settings whose variables are set', () => {
    const env = { REDIS_URL: 'redis://localhost', REDIS_PREFIX: 'parley' };
    const [, redis] = shippedEntries(env, names, byEnvironment);
    expect(redis?.settings).toEqual({ url: 'redis://localhost', keyPrefix: 'parley' });
  });

  it('take the first of several variables that is set', () => {
    const rules = { 'cache-redis': { settings: { url: ['REDIS_URL', 'VALKEY_URL'] } } };
    const urlOf = (env: Readonly<Record<string, string>>) => shippedEntries(env, ['cache-redis'], rules)[0]?.settings;
    expect(urlOf({ REDIS_URL: '', VALKEY_URL: 'redis://b' })).toEqual({ url: 'redis://b' });
    expect(urlOf({ VALKEY_URL: 'redis://b', REDIS_URL: 'redis://a' })).toEqual({ url: 'redis://a' });
  });
});

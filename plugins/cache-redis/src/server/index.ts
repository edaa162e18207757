import { createHash } from 'node:crypto';
import { bus, cache } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { checkUrl } from './check-url.ts';
import { Config } from './config.ts';
import { createRedisBus } from './redis-bus.ts';
import { createRedisCache } from './redis-cache.ts';
import { RedisLink } from './redis-link.ts';

/** Cache and bus that several nodes share. */
export default definePlugin({
  id: 'cache-redis',
  version: '0.1.0',
  kernel: '^1.0.0',
  config: Config,
  provides: [cache, bus],
  async setup(ctx) {
    const { clock, log } = ctx;
    const { keyPrefix, commandTimeoutMs, maxEntries } = ctx.config;
    const url = checkUrl(ctx.config.url.reveal());
    // Generations with the same settings go on with the same connections, so that what one of them rings reaches all.
    const settings = createHash('sha256')
      .update(JSON.stringify([url, ctx.config]))
      .digest('base64url');
    const shared = await ctx.shared(`redis ${settings}`, () => {
      const opened = RedisLink.open({ url, keyPrefix, commandTimeoutMs, log, now: () => clock.now() }).then((link) => ({
        link,
        cache: createRedisCache({ link, keyPrefix, maxEntries, clock }),
        bus: createRedisBus({ link, keyPrefix, log }),
      }));
      return {
        value: opened,
        end: async () => {
          const { link, bus: opensBus } = await opened;
          opensBus.clear();
          await link.end();
        },
      };
    });
    const { link } = shared;
    ctx.provide(cache, shared.cache, { title: 'Redis' });
    ctx.provide(bus, shared.bus, { title: 'Redis' });
    ctx.health('redis', async () => {
      if (link.outage === undefined) return 'ok';
      const { reason, sinceMs } = link.outage;
      throw new Error(`${reason}; this node goes on alone since ${new Date(sinceMs).toISOString()}`);
    });
  },
});

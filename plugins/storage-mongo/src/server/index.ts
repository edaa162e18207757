import { createHash } from 'node:crypto';
import { storageDriver } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { Config } from './config.ts';
import { openMongoDriver } from './mongo-driver.ts';

export { createModels } from './models.ts';
export type { ModelledEntity } from './models.ts';

const plugin = definePlugin({
  id: 'storage-mongo',
  version: '0.1.0',
  kernel: '^1.0.0',
  critical: true,
  config: Config,
  provides: [storageDriver],
  async setup(ctx) {
    const { url, sweepSeconds, ...options } = ctx.config;
    const address = url.reveal();
    // Generations that use one database share its lease; what they share is named by no secret.
    const name = createHash('sha256')
      .update(JSON.stringify([address, options]))
      .digest('hex')
      .slice(0, 16);
    const driver = await ctx.shared(`database ${name}`, () => {
      const value = openMongoDriver({ url: address, ...options });
      return { value, end: () => value.then((opened) => opened.close()).catch(() => undefined) };
    });
    ctx.log.info(`records are kept by ${driver.server}`);
    ctx.effect(() => {
      const sweep = () => {
        driver.sweep(ctx.clock.now()).catch((error: unknown) => ctx.log.error('sweep failed', { error }));
      };
      const timer = setInterval(sweep, sweepSeconds * 1000).unref();
      return () => clearInterval(timer);
    }, 'sweep of expired records');
    ctx.health('database', () => driver.probe());
    ctx.provide(storageDriver, driver, { title: 'MongoDB' });
  },
});

export default plugin;

import { resolve } from 'node:path';
import { storageDriver } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { Config } from './config.ts';
import { openDriver } from './driver.ts';

/** Records in one file of JSON lines, held in memory. */
export default definePlugin({
  id: 'sample',
  version: '0.1.0',
  kernel: '^1.0.0',
  critical: true,
  config: Config,
  provides: [storageDriver],
  async setup(ctx) {
    const file = resolve(ctx.dataDir, ctx.config.file);
    // A file has one driver, also while new settings take over from old ones.
    const driver = await ctx.shared(`records ${file}`, () => {
      const value = openDriver(file);
      const end = () =>
        value.then(
          (opened) => opened.close(),
          () => undefined,
        );
      return { value, end };
    });
    ctx.effect(() => {
      const sweep = () => {
        driver.sweep(ctx.clock.now()).catch((error: unknown) => ctx.log.error('sweep failed', { error }));
      };
      const timer = setInterval(sweep, ctx.config.sweepSeconds * 1_000).unref();
      return () => clearInterval(timer);
    }, 'sweep of expired records');
    ctx.provide(storageDriver, driver, { title: 'Sample' });
  },
});

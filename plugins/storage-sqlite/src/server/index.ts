import { resolve } from 'node:path';
import { storageDriver } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { Config } from './config.ts';
import { createSqliteDriver } from './sqlite-driver.ts';

const plugin = definePlugin({
  id: 'storage-sqlite',
  version: '0.1.0',
  kernel: '^1.0.0',
  critical: true,
  config: Config,
  provides: [storageDriver],
  setup(ctx) {
    const { file: name, busyTimeoutMs, transactionTimeoutMs, sweepSeconds } = ctx.config;
    const file = resolve(ctx.dataDir, name);
    // A file has one driver: with two, a transaction of one would lock out the writes of the other.
    const driver = ctx.shared(`database ${file}`, () => {
      const value = createSqliteDriver({ file, busyTimeoutMs, transactionTimeoutMs });
      return { value, end: () => value.close() };
    });
    driver.setTimes({ busyTimeoutMs, transactionTimeoutMs });
    ctx.effect(() => {
      const sweep = () => {
        driver.sweep(ctx.clock.now()).catch((error: unknown) => ctx.log.error('sweep failed', { error }));
      };
      const timer = setInterval(sweep, sweepSeconds * 1000).unref();
      return () => clearInterval(timer);
    }, 'sweep of expired records');
    ctx.health('database', () => driver.probe());
    ctx.provide(storageDriver, driver, { title: 'SQLite' });
  },
});

export default plugin;

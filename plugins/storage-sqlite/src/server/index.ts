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
    const { file, busyTimeoutMs, transactionTimeoutMs, sweepSeconds } = ctx.config;
    const driver = createSqliteDriver({ file: resolve(ctx.dataDir, file), busyTimeoutMs, transactionTimeoutMs });
    ctx.effect(() => () => driver.close(), 'database');
    ctx.effect(() => {
      const sweep = () => {
        driver.sweep(ctx.clock.now()).catch((error: unknown) => ctx.log.error('sweep failed', { error }));
      };
      const timer = setInterval(sweep, sweepSeconds * 1000).unref();
      return () => clearInterval(timer);
    }, 'sweep of expired records');
    ctx.health('database', async () => driver.probe());
    ctx.provide(storageDriver, driver, { title: 'SQLite' });
  },
});

export default plugin;

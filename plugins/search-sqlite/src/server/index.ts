import { resolve } from 'node:path';
import { searchIndex } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { Config } from './config.ts';
import { createSqliteIndex } from './sqlite-index.ts';

/** Full-text search in one file. */
export default definePlugin({
  id: 'search-sqlite',
  version: '0.1.0',
  kernel: '^1.0.0',
  config: Config,
  provides: [searchIndex],
  setup(ctx) {
    const { file: name, busyTimeoutMs, searchTimeoutMs } = ctx.config;
    const file = resolve(ctx.dataDir, name);
    // One pair of threads for a file, whatever settings come and go.
    const index = ctx.shared(`index ${file}`, () => {
      const onDamage = (aside: string) =>
        ctx.log.error('The search index could not be read and was put aside; it is filled again', { file, aside });
      const value = createSqliteIndex({ file, busyTimeoutMs, searchTimeoutMs, onDamage });
      return { value, end: () => value.close() };
    });
    index.setTimes({ searchTimeoutMs });
    ctx.provide(searchIndex, index, { title: 'SQLite full-text search' });
  },
});

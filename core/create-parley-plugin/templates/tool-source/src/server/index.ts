import { toolSource } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { Config } from './config.ts';
import { createTools } from './tools.ts';

/** Tools that count words. */
export default definePlugin({
  id: 'sample',
  version: '0.1.0',
  kernel: '^1.0.0',
  config: Config,
  provides: [toolSource],
  setup(ctx) {
    ctx.provide(toolSource, createTools(ctx.config), { title: 'Sample' });
  },
});

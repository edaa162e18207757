import { modelProvider } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { Config } from './config.ts';
import { createProvider } from './provider.ts';

/** Models of the Sample service. */
export default definePlugin({
  id: 'sample',
  version: '0.1.0',
  kernel: '^1.0.0',
  config: Config,
  provides: [modelProvider],
  permissions: { network: ['config:baseUrl'] },
  setup(ctx) {
    ctx.provide(modelProvider, createProvider({ config: ctx.config, fetch: ctx.fetch }), { title: 'Sample' });
  },
});

import { modelProvider } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { Config } from './config.ts';
import { createDemoProvider } from './demo-provider.ts';

/** The built-in models: they need no key, call nobody, and show what the product does. */
export default definePlugin({
  id: 'provider-demo',
  version: '0.1.0',
  kernel: '^1.0.0',
  config: Config,
  provides: [modelProvider],
  setup(ctx) {
    ctx.provide(modelProvider, createDemoProvider(ctx.config), { title: 'Demo', demo: true }, 'demo');
  },
});

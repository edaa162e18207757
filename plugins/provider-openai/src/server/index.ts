import { modelProvider } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { Config } from './config.ts';
import { createOpenAiProvider } from './openai-provider.ts';

/** Models behind the OpenAI API, or behind any server that speaks it. */
export default definePlugin({
  id: 'provider-openai',
  version: '0.1.0',
  kernel: '^1.0.0',
  config: Config,
  provides: [modelProvider],
  permissions: { network: ['config:baseUrl'] },
  setup(ctx) {
    const provider = createOpenAiProvider({ config: ctx.config, fetch: ctx.fetch });
    ctx.provide(modelProvider, provider, { title: ctx.config.title }, ctx.config.key);
  },
});

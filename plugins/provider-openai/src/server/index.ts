import { modelProvider } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { toParameterSchema } from '@parley/provider';
import { Config, CredentialFields } from './config.ts';
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
    const { title, key, apiKey } = ctx.config;
    const credentials = {
      from: 'both' as const,
      schema: toParameterSchema(CredentialFields),
      site: 'https://platform.openai.com/api-keys',
      isSet: apiKey !== undefined,
    };
    ctx.provide(modelProvider, provider, { title, credentials }, key);
  },
});

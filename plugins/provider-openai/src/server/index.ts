import { modelProvider } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { toParameterSchema } from '@parley/provider';
import { Config, CredentialFields, familyOf } from './config.ts';
import { createConnect } from './connect.ts';
import { createOpenAiProvider } from './openai-provider.ts';

/** Models behind the OpenAI API, Azure OpenAI, or any server that speaks one of their protocols. */
export default definePlugin({
  id: 'provider-openai',
  version: '0.1.0',
  kernel: '^1.0.0',
  config: Config,
  provides: [modelProvider],
  permissions: { network: ['config:baseUrl'] },
  setup(ctx) {
    const { config } = ctx;
    const connect = createConnect({ config, fetch: ctx.fetch });
    const provider = createOpenAiProvider({ config, connect });
    const credentials = {
      from: 'both' as const,
      schema: toParameterSchema(CredentialFields),
      ...(config.azure ? {} : { site: 'https://platform.openai.com/api-keys' }),
      isSet: config.apiKey !== undefined,
    };
    const family = familyOf(config);
    const descriptor = { title: config.title, credentials, ...(family === undefined ? {} : { family }) };
    ctx.provide(modelProvider, provider, descriptor, config.key);
  },
});

import { modelProvider } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { toParameterSchema } from '@parley/provider';
import { createAnthropicProvider } from './anthropic-provider.ts';
import { Config, CredentialFields } from './config.ts';

/** Claude models through the Anthropic API. */
export default definePlugin({
  id: 'provider-anthropic',
  version: '0.1.0',
  kernel: '^1.0.0',
  config: Config,
  provides: [modelProvider],
  // The last three give tokens for Vertex AI.
  permissions: {
    network: ['config:baseUrl', 'oauth2.googleapis.com', 'sts.googleapis.com', 'iamcredentials.googleapis.com'],
  },
  setup(ctx) {
    const { title, key, apiKey, vertex } = ctx.config;
    const provider = createAnthropicProvider({ config: ctx.config, fetch: ctx.fetch });
    const credentials = {
      from: 'both' as const,
      schema: toParameterSchema(CredentialFields),
      site: 'https://console.anthropic.com/settings/keys',
      isSet: apiKey !== undefined,
    };
    ctx.provide(modelProvider, provider, vertex ? { title } : { title, credentials }, key);
  },
});

import { modelProvider } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { GOOGLE_AUTH_HOSTS, toParameterSchema } from '@parley/provider';
import { createAnthropicProvider } from './anthropic-provider.ts';
import { AccountFields, Config, KeyFields } from './config.ts';
import { FAMILY } from './family.ts';

/** Claude models through the Anthropic API. */
export default definePlugin({
  id: 'provider-anthropic',
  version: '0.1.0',
  kernel: '^1.0.0',
  config: Config,
  provides: [modelProvider],
  permissions: { network: ['config:baseUrl', 'config:metadataUrl', ...GOOGLE_AUTH_HOSTS] },
  setup(ctx) {
    const { title, key, project, apiKey, serviceAccount, applicationDefault } = ctx.config;
    const provider = createAnthropicProvider({ config: ctx.config, fetch: ctx.fetch });
    const forKey = {
      schema: toParameterSchema(KeyFields),
      site: 'https://console.anthropic.com/settings/keys',
      isSet: apiKey !== undefined,
    };
    const forAccount = {
      schema: toParameterSchema(AccountFields),
      site: 'https://console.cloud.google.com/iam-admin/serviceaccounts',
      isSet: serviceAccount !== undefined || applicationDefault,
    };
    const credentials = { from: 'both' as const, ...(project === undefined ? forKey : forAccount) };
    ctx.provide(modelProvider, provider, { title, family: FAMILY, credentials }, key);
  },
});

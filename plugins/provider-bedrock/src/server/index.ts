import { modelProvider } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { toParameterSchema } from '@parley/provider';
import { hasOperatorKey } from './access.ts';
import { createBedrockProvider } from './bedrock-provider.ts';
import { Config, credentialFields } from './config.ts';

/** Models on Amazon Bedrock. */
export default definePlugin({
  id: 'provider-bedrock',
  version: '0.1.0',
  kernel: '^1.0.0',
  config: Config,
  provides: [modelProvider],
  permissions: {
    network: [
      'config:baseUrl',
      'config:listUrl',
      'bedrock-runtime.{region}.amazonaws.com',
      'bedrock-runtime.{regions}.amazonaws.com',
      'bedrock.{region}.amazonaws.com',
      'bedrock.{regions}.amazonaws.com',
      // Roles of the credential chain.
      'sts.{region}.amazonaws.com',
    ],
  },
  setup(ctx) {
    const { title, key } = ctx.config;
    const provider = createBedrockProvider({ config: ctx.config, fetch: ctx.fetch });
    const credentials = {
      from: 'both' as const,
      schema: toParameterSchema(credentialFields(ctx.config)),
      site: 'https://console.aws.amazon.com/bedrock/home#/api-keys',
      isSet: hasOperatorKey(ctx.config),
    };
    ctx.provide(modelProvider, provider, { title, family: 'bedrock', credentials }, key);
  },
});

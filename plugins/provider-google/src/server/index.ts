import { live, modelFacts, modelProvider } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { GOOGLE_AUTH_HOSTS, toParameterSchema } from '@parley/provider';
import { AccountFields, Config, KeyFields } from './config.ts';
import { createConnect } from './connect.ts';
import { MODEL_FAMILY } from './family.ts';
import { createGoogleProvider } from './google-provider.ts';

/** Gemini models through the Gemini API or Vertex AI. */
export default definePlugin({
  id: 'provider-google',
  version: '0.1.0',
  kernel: '^1.0.0',
  config: Config,
  requires: { facts: live(modelFacts) },
  provides: [modelProvider],
  permissions: { network: ['config:baseUrl', 'config:metadataUrl', ...GOOGLE_AUTH_HOSTS] },
  setup(ctx, { facts }) {
    const { config, fetch } = ctx;
    const { title, key, project, apiKey, serviceAccount, applicationDefault } = config;
    const factsOf = (model: string) => {
      if (facts.keys().length === 0) return undefined;
      using lease = facts.lease();
      return lease.value.lookup(MODEL_FAMILY, model);
    };
    const provider = createGoogleProvider({ config, fetch, factsOf, connect: createConnect({ config, fetch }) });
    const forKey = {
      schema: toParameterSchema(KeyFields),
      site: 'https://aistudio.google.com/apikey',
      isSet: apiKey !== undefined,
    };
    const forAccount = {
      schema: toParameterSchema(AccountFields),
      site: 'https://console.cloud.google.com/iam-admin/serviceaccounts',
      isSet: serviceAccount !== undefined || applicationDefault,
    };
    const credentials = { from: 'both' as const, ...(project === undefined ? forKey : forAccount) };
    ctx.provide(modelProvider, provider, { title, family: MODEL_FAMILY, credentials }, key);
  },
});

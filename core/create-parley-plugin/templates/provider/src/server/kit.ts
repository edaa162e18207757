import type { PluginContractOptions } from '@parley/testing';
import { kitRun, modelProviderKit } from '@parley/testing/kits';
import { Config } from './config.ts';
import sample from './index.ts';
import { startFakeService } from './kit/fake-service.ts';
import { createProvider } from './provider.ts';

/** How `parley plugin verify` starts the whole plugin: settings that have no default. */
export const contract: PluginContractOptions = { config: { [sample.id]: { apiKey: 'a-key-for-tests' } } };

/** What every model provider must do, tried against a service of our own: no key, no network. */
export const kits = [
  kitRun(modelProviderKit, async () => {
    const service = await startFakeService();
    const connect = (baseUrl: string) =>
      createProvider({ config: Config.parse({ baseUrl, apiKey: service.key }), fetch });
    const { models } = Config.parse({ baseUrl: service.url, apiKey: service.key });
    const [model = ''] = models;
    return {
      value: {
        provider: connect(service.url),
        upstream: { url: service.url, connect },
        openStreams: service.openAnswers,
        turns: {
          plain: { model, prompt: 'echo:Hello', text: 'Hello' },
          slow: { model, prompt: 'slow' },
          reasoning: { model, prompt: 'think:Because', text: 'Because' },
          unicode: { model, prompt: 'echo:Grüße an 世界 👩🏽‍🚀', text: 'Grüße an 世界 👩🏽‍🚀' },
          huge: { model, prompt: 'huge' },
        },
        faults: {
          MODEL_AUTH: { model, prompt: 'status:401' },
          MODEL_QUOTA: { model, prompt: 'status:402' },
          MODEL_RATE_LIMIT: { model, prompt: 'status:429' },
          MODEL_UNAVAILABLE: { model, prompt: 'cut' },
        },
      },
      dispose: service.stop,
    };
  }),
];

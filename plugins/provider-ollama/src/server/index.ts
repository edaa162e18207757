import { embeddingProvider, modelProvider } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { OLLAMA_MANAGE, ollamaContract } from '@parley/plugin-provider-ollama/contract';
import { Config } from './config.ts';
import { createConnect } from './connect.ts';
import { createEmbeddings } from './embeddings.ts';
import { createHandlers } from './manage-models.ts';
import { createOllamaProvider } from './ollama-provider.ts';

/** Models of an Ollama server. */
export default definePlugin({
  id: 'provider-ollama',
  version: '0.1.0',
  kernel: '^1.0.0',
  config: Config,
  provides: [modelProvider, embeddingProvider],
  permissions: { network: ['config:baseUrl'], declares: [OLLAMA_MANAGE] },
  setup(ctx) {
    const { config, fetch } = ctx;
    const { title, key } = config;
    const connect = createConnect({ config, fetch });
    ctx.provide(modelProvider, createOllamaProvider({ config, connect, fetch }), { title, family: 'ollama' }, key);
    ctx.provide(embeddingProvider, createEmbeddings({ config, connect }), { title, family: 'ollama' }, key);
    ctx.routes(ollamaContract, createHandlers({ provider: title, connect }));
  },
});

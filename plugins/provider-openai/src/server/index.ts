import { embeddingProvider, imageProvider, modelProvider, speechProvider } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { toParameterSchema } from '@parley/provider';
import { Config, CredentialFields, familyOf } from './config.ts';
import { createConnect } from './connect.ts';
import { createEmbeddings } from './modalities/embeddings.ts';
import { createImages } from './modalities/images.ts';
import { providedModels } from './modalities/provided-models.ts';
import { createSpeech } from './modalities/speech.ts';
import { createOpenAiProvider } from './openai-provider.ts';

/** Models behind the OpenAI API, Azure OpenAI, or any server that speaks one of their protocols. */
export default definePlugin({
  id: 'provider-openai',
  version: '0.1.0',
  kernel: '^1.0.0',
  config: Config,
  provides: [modelProvider, embeddingProvider, imageProvider, speechProvider],
  permissions: { network: ['config:baseUrl', 'login.microsoftonline.com'] },
  setup(ctx) {
    const { config } = ctx;
    const connect = createConnect({ config, fetch: ctx.fetch });
    const provider = createOpenAiProvider({ config, connect });
    const credentials = {
      from: 'both' as const,
      schema: toParameterSchema(CredentialFields),
      ...(config.azure ? {} : { site: 'https://platform.openai.com/api-keys' }),
      isSet: config.apiKey !== undefined || config.azure?.entra !== undefined,
    };
    const family = familyOf(config);
    const descriptor = { title: config.title, credentials, ...(family === undefined ? {} : { family }) };
    ctx.provide(modelProvider, provider, descriptor, config.key);
    const { embedding, image, speech } = providedModels(config);
    if (embedding.length > 0) {
      ctx.provide(embeddingProvider, createEmbeddings({ config, connect, models: embedding }), descriptor, config.key);
    }
    if (image.length > 0) {
      ctx.provide(imageProvider, createImages({ config, connect, models: image }), descriptor, config.key);
    }
    if (speech.transcription.length + speech.speaking.length > 0) {
      ctx.provide(speechProvider, createSpeech({ config, connect, models: speech }), descriptor, config.key);
    }
  },
});

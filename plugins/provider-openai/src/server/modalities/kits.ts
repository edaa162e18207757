import { EmbeddingModel, ImageModel, SpeakingModel, TranscriptionModel } from '@parley/contracts';
import { embeddingProviderKit, imageProviderKit, kitRun, speechProviderKit } from '@parley/testing/kits';
import { Config } from '../config.ts';
import { createConnect } from '../connect.ts';
import { HEARD, startModalityServer, tokensOf, vectorOf } from '../fixtures/modality-server.ts';
import { GOOD_KEY, MODEL } from '../fixtures/protocol-server.ts';
import { FAULTS, PICTURE } from '../fixtures/voice.ts';
import type { ModalityDeps } from './context.ts';
import { createEmbeddings } from './embeddings.ts';
import { createImages } from './images.ts';
import { OPENAI_MODELS } from './openai-models.ts';
import { createSpeech } from './speech.ts';

const like = { id: MODEL, name: 'Kit' };
const [embedding, image, speaking] = [OPENAI_MODELS.embedding[0], OPENAI_MODELS.image[0], OPENAI_MODELS.speaking[0]];
const whisper = OPENAI_MODELS.transcription.at(-1);
const faults = Object.fromEntries(Object.keys(FAULTS).map((code) => [code, code]));

/** A server, and what every kit needs of the provider that `create` makes for it. */
async function start<P>(create: (deps: ModalityDeps) => P) {
  const server = await startModalityServer();
  const connectTo = (baseUrl: string, apiKey: string | undefined = GOOD_KEY) => {
    const config = Config.parse({ baseUrl, apiKey, maxRetries: 0 });
    return create({ config, connect: createConnect({ config, fetch }) });
  };
  const keyless = Config.parse({ baseUrl: server.url });
  const connect = createConnect({ config: keyless, fetch });
  // As at OpenAI's own server, where nothing goes without a key.
  const wantsKey = createConnect({ config: Config.parse({}), fetch });
  return {
    dispose: server.stop,
    base: {
      provider: connectTo(server.url),
      withoutKey: create({ config: keyless, connect: (given) => (given ? connect(given) : wantsKey()) }),
      credentials: { good: { apiKey: GOOD_KEY }, bad: { apiKey: 'sk-other' } },
      upstream: { url: server.url, connect: connectTo },
    },
    side: { model: MODEL, slow: 'slow', faults, received: server.received, openStreams: server.openStreams },
  };
}

/** The kits of what the plugin does beside chat, through the official SDK against a server that speaks its protocols. */
export const modalityKits = [
  kitRun(embeddingProviderKit, async () => {
    const models = [EmbeddingModel.parse({ ...embedding, ...like, dimensions: 16 })];
    const { dispose, base, side } = await start((deps) => createEmbeddings({ ...deps, models }));
    return { value: { ...base, ...side, vectorOf, tokensOf, tooLong: 'MODEL_CONTEXT_TOO_LONG' }, dispose };
  }),
  kitRun(imageProviderKit, async () => {
    const models = [ImageModel.parse({ ...image, ...like })];
    const { dispose, base, side } = await start((deps) => createImages({ ...deps, models }));
    const picture = { bytes: PICTURE, mime: 'image/png' };
    const revised = { text: 'revise', prompt: 'A better prompt' };
    return { value: { ...base, ...side, picture, huge: 'huge', revised }, dispose };
  }),
  kitRun(speechProviderKit, async () => {
    const models = {
      transcription: [TranscriptionModel.parse({ ...whisper, ...like })],
      speaking: [SpeakingModel.parse({ ...speaking, ...like })],
    };
    const { dispose, base, side } = await start((deps) => createSpeech({ ...deps, models }));
    return { value: { ...base, hearing: { ...side, heard: HEARD }, speaking: { ...side, huge: 'huge' } }, dispose };
  }),
];

import { event } from './wire.ts';
import type { Wire } from './wire.ts';

interface Chunk {
  readonly candidates?: readonly { readonly content?: { readonly parts?: readonly { readonly text?: string }[] } }[];
}
const usageMetadata = { promptTokenCount: 3, candidatesTokenCount: 9, totalTokenCount: 12 };
const chunk = (text: string, more: object = {}): string =>
  event({
    candidates: [{ content: { parts: [{ text }], role: 'model' }, index: 0, ...more }],
    usageMetadata,
    modelVersion: 'bench',
    responseId: 'bench000000000000000000',
  });
const contents = [{ role: 'user', parts: [{ text: 'hi' }] }];

/** Gemini's streamed content. */
export const gemini: Wire = {
  name: 'gemini',
  plugin: 'google',
  config: (url) => ({ key: 'bench', baseUrl: url, apiKey: 'bench', models: ['bench'] }),
  mime: 'text/event-stream',
  head: '',
  piece: (text) => chunk(text),
  tail: chunk('', { finishReason: 'STOP' }),
  sdk: async (url) => {
    const { GoogleGenAI } = await import('@google/genai');
    const client = new GoogleGenAI({ apiKey: 'bench', httpOptions: { baseUrl: url } });
    return async function* read(abortSignal) {
      const stream = await client.models.generateContentStream({ model: 'bench', contents, config: { abortSignal } });
      for await (const { candidates } of stream) yield candidates?.[0]?.content?.parts?.[0]?.text;
    };
  },
  request: { path: '/v1beta/models/bench:streamGenerateContent?alt=sse', body: { contents } },
  form: 'events',
  textOf: ({ candidates }: Chunk) => candidates?.[0]?.content?.parts?.[0]?.text,
};

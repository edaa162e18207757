import { event } from './wire.ts';
import type { Wire } from './wire.ts';

type Piece = {
  readonly choices?: readonly { readonly delta: { readonly content?: string } }[];
};

const chunk = (delta: object, finish_reason: string | null = null): object => ({
  id: 'chatcmpl-bench0000000000000000000000',
  object: 'chat.completion.chunk',
  created: 1_760_000_000,
  model: 'bench',
  service_tier: 'default',
  system_fingerprint: 'fp_0000000000',
  choices: [{ index: 0, delta, logprobs: null, finish_reason }],
});
const body = { model: 'bench', messages: [{ role: 'user' as const, content: 'hi' }], stream: true as const };

/** Chat Completions. */
export const openaiChat: Wire = {
  name: 'openai-chat',
  plugin: 'openai',
  config: (url) => ({
    key: 'bench',
    baseUrl: `${url}/v1`,
    apiKey: 'bench',
    models: ['bench'],
    api: 'chat-completions',
  }),
  mime: 'text/event-stream',
  head: event(chunk({ role: 'assistant', content: '' })),
  piece: (text) => event(chunk({ content: text })),
  tail: event(chunk({}, 'stop')) + event('[DONE]'),
  sdk: async (url) => {
    const { default: OpenAI } = await import('openai');
    const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'bench' });
    return async function* read(signal) {
      const stream = await client.chat.completions.create(body, { signal });
      for await (const { choices } of stream) yield choices[0]?.delta.content ?? undefined;
    };
  },
  request: { path: '/v1/chat/completions', body },
  form: 'events',
  textOf: ({ choices }: Piece) => choices?.[0]?.delta.content,
};

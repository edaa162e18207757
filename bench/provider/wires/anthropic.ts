import { event } from './wire.ts';
import type { Wire } from './wire.ts';

type Piece = { readonly delta?: { readonly text?: string } };

const named = (data: { readonly type: string }): string => event(data, data.type);
const usage = { input_tokens: 10, output_tokens: 1 };
const body = {
  model: 'bench',
  max_tokens: 100,
  messages: [{ role: 'user' as const, content: 'hi' }],
  stream: true as const,
};

/** The Messages API. */
export const anthropic: Wire = {
  name: 'anthropic',
  plugin: 'anthropic',
  config: (url) => ({ key: 'bench', baseUrl: url, apiKey: 'bench', models: ['bench'] }),
  mime: 'text/event-stream',
  head:
    named({ type: 'message_start', message: { id: 'msg_bench', type: 'message', role: 'assistant', usage } } as never) +
    named({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } } as never),
  piece: (text) => named({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } } as never),
  tail:
    named({ type: 'content_block_stop', index: 0 } as never) +
    named({ type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 9 } } as never) +
    named({ type: 'message_stop' }),
  sdk: async (url) => {
    const { default: Anthropic } = await import('@anthropic-ai/sdk');
    const client = new Anthropic({ baseURL: url, apiKey: 'bench' });
    return async function* read(signal) {
      for await (const piece of await client.messages.create(body, { signal })) {
        if (piece.type === 'content_block_delta' && piece.delta.type === 'text_delta') yield piece.delta.text;
      }
    };
  },
  request: { path: '/v1/messages', body },
  form: 'events',
  textOf: ({ delta }: Piece) => delta?.text,
};

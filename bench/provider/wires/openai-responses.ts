import { event } from './wire.ts';
import type { Wire } from './wire.ts';

type Piece = { readonly type: string; readonly delta?: string };

const FIRST_PIECE = 10;
const LAST = Number.MAX_SAFE_INTEGER;
const named = (sequence_number: number, type: string, data: object): string =>
  event({ type, sequence_number, ...data }, type);
const place = { output_index: 0, content_index: 0, item_id: 'msg_bench' };
const item = (content: readonly object[], status: string): object => ({
  id: 'msg_bench',
  type: 'message',
  role: 'assistant',
  status,
  content,
});
const response = (status: string, output: readonly object[], more: object = {}): object => ({
  response: {
    id: 'resp_bench',
    object: 'response',
    created_at: 1_760_000_000,
    model: 'bench',
    status,
    output,
    ...more,
  },
});
const part = { type: 'output_text', text: '', annotations: [] };
const body = { model: 'bench', input: 'hi', stream: true as const };

/** The Responses API. */
export const openaiResponses: Wire = {
  name: 'openai-responses',
  plugin: 'openai',
  config: (url) => ({ key: 'bench', baseUrl: `${url}/v1`, apiKey: 'bench', models: ['bench'], api: 'responses' }),
  mime: 'text/event-stream',
  head:
    named(1, 'response.created', response('in_progress', [])) +
    named(2, 'response.output_item.added', { output_index: 0, item: item([], 'in_progress') }) +
    named(3, 'response.content_part.added', { ...place, part }),
  piece: (delta, index) =>
    named(FIRST_PIECE + index, 'response.output_text.delta', { ...place, delta, logprobs: [], obfuscation: 'x9pQ2mC' }),
  tail:
    named(LAST - 3, 'response.output_text.done', { ...place, text: '' }) +
    named(LAST - 2, 'response.content_part.done', { ...place, part }) +
    named(LAST - 1, 'response.output_item.done', { output_index: 0, item: item([part], 'completed') }) +
    named(
      LAST,
      'response.completed',
      response('completed', [item([part], 'completed')], {
        usage: { input_tokens: 3, output_tokens: 9, total_tokens: 12 },
      }),
    ),
  sdk: async (url) => {
    const { default: OpenAI } = await import('openai');
    const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'bench' });
    return async function* read(signal) {
      for await (const piece of await client.responses.create(body, { signal })) {
        if (piece.type === 'response.output_text.delta') yield piece.delta;
      }
    };
  },
  request: { path: '/v1/responses', body },
  form: 'events',
  textOf: ({ type, delta }: Piece) => (type === 'response.output_text.delta' ? delta : undefined),
};

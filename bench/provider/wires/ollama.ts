import type { Wire } from './wire.ts';

type Piece = { readonly message?: { readonly content: string } };

const line = (content: string, more: object = { done: false }): string =>
  `${JSON.stringify({ model: 'bench', created_at: '2026-01-01T00:00:00.000000Z', message: { role: 'assistant', content }, ...more })}\n`;
const body = { model: 'bench', messages: [{ role: 'user', content: 'hi' }], stream: true as const };

/** Ollama's chat. */
export const ollama: Wire = {
  name: 'ollama',
  plugin: 'ollama',
  config: (url) => ({ key: 'bench', baseUrl: url }),
  mime: 'application/x-ndjson',
  head: '',
  piece: (text) => line(text),
  tail: line('', { done: true, done_reason: 'stop', prompt_eval_count: 3, eval_count: 9 }),
  sdk: async (url) => {
    const { Ollama } = await import('ollama/browser');
    return async function* read(signal) {
      const client = new Ollama({ host: url, fetch: (input, init) => fetch(input, { ...init, signal }) });
      for await (const { message } of await client.chat(body)) yield message.content;
    };
  },
  request: { path: '/api/chat', body },
  form: 'lines',
  textOf: ({ message }: Piece) => message?.content,
};

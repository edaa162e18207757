import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A model behind Chat Completions, in the harness, so that it outlives the server and counts what it is asked. */
export interface Model {
  readonly url: string;
  /** Line below `plugins:` that points a server at it; its model is `chaos/model`. */
  readonly plugin: string;
  /** What was asked so far: the last message of each request. */
  readonly asked: readonly string[];
  stop(): void;
}

/** Id of its one model as people pick it. */
export const CHAOS_MODEL = 'chaos/model';

const piece = (delta: object, reason?: string): string =>
  `data: ${JSON.stringify({ id: 'chaos', object: 'chat.completion.chunk', created: 0, model: 'model', choices: [{ index: 0, delta, finish_reason: reason ?? null }] })}\n\n`;

function write(response: ServerResponse, pieces: number, everyMs: number): void {
  let written = 0;
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const timer = setInterval(() => {
    if (written < pieces) response.write(piece({ content: ` t${performance.now().toFixed(1)}` }));
    else response.end(`${piece({}, 'stop')}data: [DONE]\n\n`);
    written += 1;
    if (written > pieces) clearInterval(timer);
  }, everyMs);
  response.on('close', () => clearInterval(timer));
}

const lastWords = (body: string): string => {
  const { messages = [] } = JSON.parse(body) as { readonly messages?: readonly { readonly content: unknown }[] };
  return JSON.stringify(messages.at(-1)?.content ?? '');
};

/** Starts a model that answers everything with so many pieces at a pace; each is the moment it was written. */
export async function startModel(pieces: number, everyMs: number): Promise<Model> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      asked.push(lastWords(body));
      write(response, pieces, everyMs);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    plugin: `{ use: provider-openai, config: { key: chaos, title: Chaos, baseUrl: "${url}/v1", models: [model] } }`,
    asked,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

import type { ChatRequest, Ollama } from 'ollama';
import type { Config } from './config.ts';

/** Makes clients of one server, each bound to a signal: the client itself takes none. `via` is what it sends with. */
export type Connect = (signal: AbortSignal, via?: typeof globalThis.fetch) => Promise<Ollama>;

/** Clients of the server of `config`, through `fetch`; the official one is loaded at the first use. */
export const createConnect =
  ({ config, fetch }: { readonly config: Config; readonly fetch: typeof globalThis.fetch }): Connect =>
  async (signal, via = fetch) => {
    const { Ollama: Client } = await import('ollama/browser');
    const key = config.apiKey?.reveal();
    return new Client({
      host: config.baseUrl,
      ...(key === undefined ? {} : { headers: { authorization: `Bearer ${key}` } }),
      fetch: (input, init) =>
        via(input, { ...init, signal: AbortSignal.any([signal, ...(init?.signal ? [init.signal] : [])]) }),
    }) as Ollama;
  };

/** Sends a request as the client makes it, and gives the raw answer. @throws what the client makes of a refusal */
export async function sendChat(
  connect: Connect,
  chat: ChatRequest & { readonly stream: true },
  { signal, fetch }: { readonly signal: AbortSignal; readonly fetch: typeof globalThis.fetch },
): Promise<Response> {
  let answer: Response | undefined;
  const client = await connect(signal, async (input, init) => (answer = await fetch(input, init)));
  // What this gives reads the answer only when it is iterated, which nobody does.
  await client.chat(chat);
  return answer as Response;
}

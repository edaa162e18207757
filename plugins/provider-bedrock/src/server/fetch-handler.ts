import type { HttpHandlerOptions, HttpRequest, HttpResponse } from '@smithy/types';

/** Sends the requests of the SDK. */
export interface FetchHandler {
  /** Tells the SDK that its other clients, such as the one for roles, may use it too. */
  readonly metadata: { readonly handlerProtocol: string };
  handle(request: HttpRequest, options?: HttpHandlerOptions): Promise<{ response: HttpResponse }>;
  destroy(): void;
  updateHttpClientConfig(): void;
  httpHandlerConfigs(): object;
}

type Body = NonNullable<RequestInit['body']>;

/** The address of a request. */
export function toUrl({ protocol, hostname, port, path, query = {} }: HttpRequest): URL {
  const url = new URL(`${protocol}//${hostname}${port === undefined ? '' : `:${port}`}${path}`);
  for (const [name, value] of Object.entries(query)) {
    for (const one of [value].flat()) url.searchParams.append(name, one ?? '');
  }
  return url;
}

/** A handler that sends every request with `fetch`, so that no call of the SDK leaves around it. */
export const createFetchHandler = (fetch: typeof globalThis.fetch): FetchHandler => ({
  metadata: { handlerProtocol: 'http/1.1' },
  async handle(request, options = {}) {
    const response = await fetch(toUrl(request), {
      method: request.method,
      headers: request.headers,
      // A signature holds for one host.
      redirect: 'manual',
      body: request.method === 'GET' ? null : ((request.body as Body | undefined) ?? null),
      signal: (options.abortSignal as AbortSignal | undefined) ?? null,
    });
    return {
      response: {
        statusCode: response.status,
        reason: response.statusText,
        headers: Object.fromEntries(response.headers),
        body: response.body ?? new Blob([]).stream(),
      },
    };
  },
  destroy: () => undefined,
  updateHttpClientConfig: () => undefined,
  httpHandlerConfigs: () => ({}),
});

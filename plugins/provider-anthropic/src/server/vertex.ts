import type { Middleware } from '@anthropic-ai/sdk';
import { modelErrors } from '@parley/contracts';
import type { Vertex } from './config.ts';

const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';
const API_VERSION = 'vertex-2023-10-16';

/** Gives a token that Vertex AI takes, a new one when it has run out. */
export type TokenSource = () => Promise<string>;

/**
 * Tokens for the identity in the settings, asked for through `fetch`.
 * @throws MODEL_AUTH when Google refuses it, MODEL_UNAVAILABLE when Google can't be asked
 */
export function createTokenSource({
  vertex,
  fetch,
  provider,
}: {
  readonly vertex: Vertex;
  readonly fetch: typeof globalThis.fetch;
  readonly provider: string;
}): TokenSource {
  const open = async () => {
    const { GoogleAuth } = await import('google-auth-library');
    const credentials = JSON.parse(vertex.credentials.reveal()) as object;
    return new GoogleAuth({
      credentials,
      scopes: SCOPE,
      clientOptions: { transporterOptions: { fetchImplementation: fetch, retry: false } },
    });
  };
  let auth: ReturnType<typeof open> | undefined;
  return async () => {
    try {
      const token = await (await (auth ??= open())).getAccessToken();
      if (!token) throw modelErrors.AUTH({ provider });
      return token;
    } catch (error) {
      const status = (error as { readonly status?: unknown } | null)?.status;
      const isDown = typeof status === 'number' ? status >= 500 : error instanceof TypeError;
      throw isDown ? modelErrors.UNAVAILABLE({ provider }, error) : modelErrors.AUTH({ provider }, error);
    }
  };
}

/** Rewrites requests of the API to what Vertex AI takes: the model stands in the address, the version in the body. */
export const toVertex =
  ({ project, location }: Pick<Vertex, 'project' | 'location'>): Middleware =>
  (request, next) => {
    const { origin, pathname } = new URL(request.url);
    const root = pathname.slice(0, pathname.lastIndexOf('/v1/messages'));
    const { model, ...body } = JSON.parse(String(request.body)) as { readonly model: string };
    const place = `projects/${project}/locations/${location}/publishers/anthropic/models/${encodeURIComponent(model)}`;
    request.headers.delete('content-length');
    return next({
      ...request,
      url: `${origin}${root}/${place.replaceAll('%40', '@')}:streamRawPredict`,
      body: JSON.stringify({ anthropic_version: API_VERSION, ...body }),
    });
  };

import type { Middleware } from '@anthropic-ai/sdk';

const API_VERSION = 'vertex-2023-10-16';

/** Rewrites requests of the API to what Vertex AI takes: the model stands in the address, the version in the body. */
export const toVertex =
  (project: string, location: string): Middleware =>
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

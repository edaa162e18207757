import type Anthropic from '@anthropic-ai/sdk';
import { modelErrors } from '@parley/contracts';
import type { Credentials } from '@parley/contracts';
import type { Config } from './config.ts';
import { createTokenSource, toVertex } from './vertex.ts';

/** Gives a client of the server; with `credentials` in place of the settings' own. */
export type Connect = (credentials: Credentials | undefined) => Promise<Anthropic>;

/** Clients of the official SDK, which is loaded at the first use. @throws MODEL_NEEDS_KEY without a key */
export function createConnect({
  config,
  fetch,
}: {
  readonly config: Config;
  readonly fetch: typeof globalThis.fetch;
}): Connect {
  const { vertex, title: provider } = config;
  const tokens = vertex && createTokenSource({ vertex, fetch, provider });
  return async (credentials) => {
    const apiKey = tokens ? await tokens() : (credentials?.['apiKey'] ?? config.apiKey?.reveal());
    if (apiKey === undefined) throw modelErrors.NEEDS_KEY({ provider });
    const { default: Client } = await import('@anthropic-ai/sdk');
    return new Client({
      apiKey,
      // Only what is given here counts, never the environment of the server.
      authToken: null,
      baseURL: config.baseUrl,
      timeout: config.firstByteTimeoutMs,
      // Repeated by `openUpstream`, the same for every provider.
      maxRetries: 0,
      fetch,
      logLevel: 'off',
      openTelemetry: false,
      ...(vertex ? { middleware: [toVertex(vertex)] } : {}),
    });
  };
}

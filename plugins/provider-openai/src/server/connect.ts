import { modelErrors } from '@parley/contracts';
import type { Credentials } from '@parley/contracts';
import type OpenAI from 'openai';
import type { ClientOptions } from 'openai';
import { isAtHome } from './config.ts';
import type { Config } from './config.ts';

/** The official client with the key of a request, or the operator's. @throws MODEL_NEEDS_KEY */
export type Connect = (credentials?: Credentials) => Promise<OpenAI>;

/** An Azure resource's address up to its API; a path that the operator wrote stays. */
function azureUrl(baseUrl: string, path: string): string {
  const url = new URL(baseUrl);
  return url.pathname === '/' ? `${url.origin}${path}` : baseUrl;
}

/** Makes clients of the server that `config` names; every kind of request to it goes through one. */
export function createConnect({
  config,
  fetch,
}: {
  readonly config: Config;
  readonly fetch: typeof globalThis.fetch;
}): Connect {
  const { azure, baseUrl, headers } = config;
  const needsKey = isAtHome(config);
  return async (credentials) => {
    const apiKey = credentials?.['apiKey'] ?? config.apiKey?.reveal();
    if (apiKey === undefined && needsKey) throw modelErrors.NEEDS_KEY({ provider: config.title });
    const { AzureOpenAI, OpenAI: Client } = await import('openai');
    // Only what is given here counts, never the environment of the server.
    const options = {
      adminAPIKey: null,
      webhookSecret: null,
      organization: config.organization ?? null,
      project: config.project ?? null,
      timeout: config.firstByteTimeoutMs,
      // Repeated by `openUpstream`, the same for every provider.
      maxRetries: 0,
      fetch,
      logLevel: 'off',
      defaultHeaders: headers,
    } satisfies ClientOptions;
    if (azure === undefined) return new Client({ ...options, apiKey: apiKey ?? 'none', baseURL: baseUrl });
    if (apiKey === undefined) throw modelErrors.NEEDS_KEY({ provider: config.title });
    if (azure.apiVersion !== undefined) {
      const { apiVersion } = azure;
      return new AzureOpenAI({ ...options, apiKey, apiVersion, baseURL: azureUrl(baseUrl, '/openai') });
    }
    return new Client({
      ...options,
      apiKey,
      baseURL: azureUrl(baseUrl, '/openai/v1'),
      defaultHeaders: { ...headers, authorization: null, 'api-key': apiKey },
    });
  };
}

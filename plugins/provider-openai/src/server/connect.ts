import { modelErrors } from '@parley/contracts';
import type { Credentials } from '@parley/contracts';
import type * as Sdk from 'openai';
import type { ClientOptions, OpenAI } from 'openai';
import { isAtHome } from './config.ts';
import type { Config } from './config.ts';
import { createEntraTokens } from './entra-tokens.ts';

/** The official client with the key of a request, or the operator's. @throws MODEL_NEEDS_KEY */
export type Connect = (credentials?: Credentials) => Promise<OpenAI>;

/** An Azure resource's address up to its API; a path that the operator wrote stays. */
function azureUrl(baseUrl: string, path: string): string {
  const url = new URL(baseUrl);
  return url.pathname === '/' ? `${url.origin}${path}` : baseUrl;
}

/** What tells an Azure resource who asks. */
type Proof = { readonly apiKey: string } | { readonly token: string };

/** A client of an Azure resource: of its v1 surface, or of the paths of its deployments. */
function createAzureClient(
  { AzureOpenAI, OpenAI: Client }: typeof Sdk,
  { azure, baseUrl }: Pick<Config, 'azure' | 'baseUrl'>,
  options: { readonly defaultHeaders: Readonly<Record<string, string>> },
  proof: Proof,
): OpenAI {
  if (azure?.apiVersion !== undefined) {
    const { apiVersion } = azure;
    // Without an empty key, the client would look for one in the environment.
    const shown = 'token' in proof ? { apiKey: '', azureADTokenProvider: async () => proof.token } : proof;
    return new AzureOpenAI({ ...options, ...shown, apiVersion, baseURL: azureUrl(baseUrl, '/openai') });
  }
  const baseURL = azureUrl(baseUrl, '/openai/v1');
  if ('token' in proof) return new Client({ ...options, apiKey: proof.token, baseURL });
  const { apiKey } = proof;
  const defaultHeaders = { ...options.defaultHeaders, authorization: null, 'api-key': apiKey };
  return new Client({ ...options, apiKey, baseURL, defaultHeaders });
}

/** Makes clients of the server that `config` names; every kind of request to it goes through one. */
export function createConnect({
  config,
  fetch,
}: {
  readonly config: Config;
  readonly fetch: typeof globalThis.fetch;
}): Connect {
  const { azure, baseUrl, title: provider, firstByteTimeoutMs: timeoutMs } = config;
  const tokens = azure?.entra && createEntraTokens(azure.entra, { provider, fetch, timeoutMs });
  const options = {
    // Only what is given here counts, never the environment of the server.
    adminAPIKey: null,
    webhookSecret: null,
    organization: config.organization ?? null,
    project: config.project ?? null,
    timeout: timeoutMs,
    // Repeated by `openUpstream`, the same for every provider.
    maxRetries: 0,
    fetch,
    logLevel: 'off',
    defaultHeaders: config.headers,
  } satisfies ClientOptions;
  return async (credentials) => {
    const apiKey = credentials?.['apiKey'] ?? config.apiKey?.reveal();
    if (apiKey === undefined && !tokens && isAtHome(config)) throw modelErrors.NEEDS_KEY({ provider });
    const sdk = await import('openai');
    if (azure === undefined) return new sdk.OpenAI({ ...options, apiKey: apiKey ?? 'none', baseURL: baseUrl });
    const proof = apiKey === undefined ? { token: (await tokens?.()) ?? '' } : { apiKey };
    return createAzureClient(sdk, config, options, proof);
  };
}

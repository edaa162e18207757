import type Anthropic from '@anthropic-ai/sdk';
import type { ClientOptions } from '@anthropic-ai/sdk';
import { modelErrors } from '@parley/contracts';
import type { Credentials } from '@parley/contracts';
import { createGoogleAuth, projectOf } from '@parley/provider';
import type { Config } from './config.ts';
import { toVertex } from './vertex.ts';

/** Gives a client of the server; with `credentials` in place of the settings' own. */
export type Connect = (credentials: Credentials | undefined) => Promise<Anthropic>;

interface Deps {
  readonly config: Config;
  readonly fetch: typeof globalThis.fetch;
}

/** What a client for Vertex AI is made with; who brings a key brings the project that pays. */
function createVertex({ config, fetch }: Deps, project: string) {
  const { title: provider, location, metadataUrl, applicationDefault } = config;
  const auth = createGoogleAuth({ provider, fetch, ...(metadataUrl === undefined ? {} : { metadataUrl }) });
  return async (given: Credentials | undefined): Promise<ClientOptions> => {
    const own = given?.['serviceAccount'];
    const account = own ?? config.serviceAccount?.reveal();
    if (account === undefined && !applicationDefault) throw modelErrors.NEEDS_KEY({ provider });
    const client = await (account === undefined ? auth.ofMachine() : auth.ofServiceAccount(account));
    const headers = await client.getRequestHeaders();
    const payer = own === undefined ? project : (projectOf(own) ?? project);
    return {
      apiKey: (headers.get('authorization') ?? '').replace(/^Bearer /, ''),
      middleware: [toVertex(payer, location)],
    };
  };
}

/** Clients of the official SDK, which is loaded at the first use. @throws MODEL_NEEDS_KEY without a key */
export function createConnect(deps: Deps): Connect {
  const { config, fetch } = deps;
  const { title: provider, project } = config;
  const vertex = project === undefined ? undefined : createVertex(deps, project);
  return async (credentials) => {
    const access = vertex ? await vertex(credentials) : { apiKey: credentials?.['apiKey'] ?? config.apiKey?.reveal() };
    if (access.apiKey === undefined) throw modelErrors.NEEDS_KEY({ provider });
    const { default: Client } = await import('@anthropic-ai/sdk');
    return new Client({
      ...access,
      // Only what is given here counts, never the environment of the server.
      authToken: null,
      baseURL: config.baseUrl,
      timeout: config.firstByteTimeoutMs,
      // Repeated by `openUpstream`, the same for every provider.
      maxRetries: 0,
      fetch,
      logLevel: 'off',
      openTelemetry: false,
    });
  };
}

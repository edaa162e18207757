import type { GoogleGenAI, GoogleGenAIOptions } from '@google/genai';
import { modelErrors } from '@parley/contracts';
import type { Credentials } from '@parley/contracts';
import { createGoogleAuth, projectOf } from '@parley/provider';
import type { Config } from './config.ts';

/**
 * The SDK's client for a key, or for the operator's own without one. `via` is what the client sends with, in place of the
 * egress client. @throws MODEL_NEEDS_KEY, MODEL_AUTH
 */
export type Connect = (credentials?: Credentials, via?: typeof fetch) => Promise<GoogleGenAI>;

// Thoughts and tools are not part of `v1`.
const GEMINI_VERSION = 'v1beta';
const VERTEX_VERSION = 'v1beta1';

/** Makes clients of the official SDK, which is loaded at the first use; nothing of them goes past `fetch`. */
export function createConnect({
  config,
  fetch,
}: {
  readonly config: Config;
  readonly fetch: typeof globalThis.fetch;
}): Connect {
  const { title: provider, location, metadataUrl } = config;
  const auth = createGoogleAuth({ provider, fetch, ...(metadataUrl === undefined ? {} : { metadataUrl }) });

  const forGemini = (given: Credentials | undefined): GoogleGenAIOptions => {
    const apiKey = given?.['apiKey'] ?? config.apiKey?.reveal();
    if (apiKey === undefined) throw modelErrors.NEEDS_KEY({ provider });
    return { vertexai: false, apiKey, apiVersion: GEMINI_VERSION };
  };
  const forVertex = async (given: Credentials | undefined, project: string): Promise<GoogleGenAIOptions> => {
    const own = given?.['serviceAccount'];
    const key = own ?? config.serviceAccount?.reveal();
    if (key === undefined && !config.applicationDefault) throw modelErrors.NEEDS_KEY({ provider });
    const authClient = await (key === undefined ? auth.ofMachine() : auth.ofServiceAccount(key));
    // Who brings a key brings the project that pays.
    const payer = own === undefined ? project : (projectOf(own) ?? project);
    return { vertexai: true, project: payer, location, googleAuthOptions: { authClient }, apiVersion: VERTEX_VERSION };
  };

  const make = async (credentials: Credentials | undefined, via: typeof globalThis.fetch): Promise<GoogleGenAI> => {
    const { project, baseUrl } = config;
    const access = await (project === undefined ? forGemini(credentials) : forVertex(credentials, project));
    const { GoogleGenAI: Client } = await import('@google/genai');
    // Only what is given here counts, never the environment of the server. Requests are repeated by `openUpstream`.
    return new Client({ ...access, httpOptions: { baseUrl, fetch: via } });
  };

  let own: Promise<GoogleGenAI> | undefined;
  return (credentials, via) => {
    if (credentials || via) return make(credentials, via ?? fetch);
    own ??= make(undefined, fetch);
    own.catch(() => (own = undefined));
    return own;
  };
}

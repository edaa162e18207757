import { createHash } from 'node:crypto';
import type { OAuth2Client } from 'google-auth-library';
import { isAppError, modelErrors } from '@parley/contracts';
import { toModelError } from './failures.ts';
import { readMachineKey } from './machine-key.ts';
import type { Environment, MachineKey } from './machine-key.ts';

/** Makes clients of Google's own library that give `authorization` headers; all they ask goes through `fetch`. */
export interface GoogleAuth {
  /** The client of a service account. `key` is its file, as text. @throws MODEL_AUTH for anything else */
  ofServiceAccount(key: string): Promise<OAuth2Client>;
  /**
   * The client of this machine: of the file that `GOOGLE_APPLICATION_CREDENTIALS` or gcloud names, or of the metadata
   * server. @throws MODEL_BAD_REQUEST for a file of a kind that is not supported
   */
  ofMachine(): Promise<OAuth2Client>;
}

/** The hosts that these clients call, beside the metadata server. */
export const GOOGLE_AUTH_HOSTS = ['oauth2.googleapis.com'] as const;

const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';
const TOKEN_PATH = '/computeMetadata/v1/instance/service-accounts/default/token';
const MOST_CLIENTS = 100;

interface Way {
  readonly provider: string;
  readonly fetch: typeof globalThis.fetch;
}

/** The project that a service account's key belongs to. */
export function projectOf(key: string): string | undefined {
  try {
    return (JSON.parse(key) as { readonly project_id?: string } | null)?.project_id;
  } catch {
    return undefined;
  }
}

/** The error for what Google's library throws, without its request, which holds the key. */
function toError(error: unknown, provider: string): Error {
  const { config, status, response, cause, message } = error as Error & {
    readonly config?: object;
    readonly status?: number;
    readonly response?: { readonly status?: number };
  };
  if (isAppError(error)) return error;
  if (isAppError(cause)) return cause;
  const answered = response?.status ?? status;
  const bare = Object.assign(new Error(message), answered === undefined ? {} : { status: answered });
  // What is not a request that failed is a key that can't be used.
  const isRefused = config === undefined || (answered !== undefined && answered < 500 && answered !== 429);
  return isRefused ? modelErrors.AUTH({ provider }, bare) : toModelError(bare, { provider });
}

/** `client`, whose failures are those of model providers. */
function guarded<C extends OAuth2Client>(client: C, provider: string): C {
  const ask = client.getRequestHeaders.bind(client);
  client.getRequestHeaders = (url) => ask(url).catch((error: unknown) => Promise.reject(toError(error, provider)));
  return client;
}

async function clientOfKey(key: MachineKey, { provider, fetch }: Way): Promise<OAuth2Client> {
  const { JWT, UserRefreshClient } = await import('google-auth-library');
  const transport = { transporterOptions: { fetchImplementation: fetch } };
  const isPerson = key.type === 'authorized_user';
  const client = isPerson ? new UserRefreshClient(transport) : new JWT({ ...transport, scopes: [SCOPE] });
  try {
    client.fromJSON(key);
  } catch (error) {
    throw toError(error, provider);
  }
  return guarded(client, provider);
}

// Not the library's own client of the metadata server, which knows no way out but its own.
async function clientOfMetadata(url: string, { provider, fetch }: Way): Promise<OAuth2Client> {
  const { OAuth2Client: Client } = await import('google-auth-library');
  const client = new Client();
  client.refreshHandler = async () => {
    const response = await fetch(new URL(TOKEN_PATH, url), { headers: { 'metadata-flavor': 'Google' } }).catch(
      (error: unknown) => Promise.reject(toModelError(error, { provider })),
    );
    if (!response.ok) throw toModelError({ status: response.status }, { provider });
    const { access_token, expires_in } = (await response.json()) as { access_token: string; expires_in: number };
    return { access_token, expiry_date: Date.now() + expires_in * 1_000 };
  };
  return guarded(client, provider);
}

async function parseServiceAccount(text: string, provider: string): Promise<MachineKey> {
  const reason = 'the key of a service account is the JSON file that Google Cloud makes';
  let key: MachineKey | null = null;
  try {
    key = JSON.parse(text) as MachineKey | null;
  } catch {
    // What the parser says holds a piece of the key.
  }
  if (key?.type !== 'service_account') throw modelErrors.AUTH({ provider, reason });
  return key;
}

/**
 * Makes access tokens of Google Cloud for one provider. `metadataUrl` is the origin of the metadata server, where there is
 * one.
 */
export function createGoogleAuth(
  options: Way & { readonly metadataUrl?: string; readonly environment?: Environment },
): GoogleAuth {
  const { provider, metadataUrl, environment = process.env } = options;
  const accounts = new Map<string, Promise<OAuth2Client>>();
  let machine: Promise<OAuth2Client> | undefined;

  const findMachine = async (): Promise<OAuth2Client> => {
    const key = await readMachineKey(environment, provider);
    if (key) return clientOfKey(key, options);
    if (metadataUrl === undefined) throw modelErrors.NEEDS_KEY({ provider });
    return clientOfMetadata(metadataUrl, options);
  };

  return {
    ofServiceAccount(text) {
      const name = createHash('sha256').update(text).digest('base64');
      const known = accounts.get(name);
      if (known) return known;
      const made = parseServiceAccount(text, provider).then((key) => clientOfKey(key, options));
      accounts.set(name, made);
      made.catch(() => accounts.delete(name));
      const [oldest] = accounts.keys();
      if (accounts.size > MOST_CLIENTS && oldest !== undefined) accounts.delete(oldest);
      return made;
    },
    ofMachine() {
      machine ??= findMachine();
      machine.catch(() => (machine = undefined));
      return machine;
    },
  };
}

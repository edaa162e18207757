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

interface LibraryError {
  readonly name?: string;
  readonly status?: number;
  readonly response?: { readonly status?: number };
  readonly cause?: unknown;
}

/** The project that a service account's key belongs to. */
export function projectOf(key: string): string | undefined {
  try {
    return (JSON.parse(key) as { readonly project_id?: string } | null)?.project_id;
  } catch {
    return undefined;
  }
}

/** @param options `metadataUrl` is the origin of the metadata server, where there is one */
export function createGoogleAuth(options: {
  readonly provider: string;
  readonly fetch: typeof globalThis.fetch;
  readonly metadataUrl?: string;
  readonly environment?: Environment;
}): GoogleAuth {
  const { provider, fetch, metadataUrl, environment = process.env } = options;
  const accounts = new Map<string, Promise<OAuth2Client>>();
  let machine: Promise<OAuth2Client> | undefined;

  const toError = (error: unknown): Error => {
    const { name, status, response, cause } = error as LibraryError;
    if (isAppError(error)) return error;
    if (isAppError(cause)) return cause;
    const answered = response?.status ?? status;
    // What is not a request that failed is a key that can't be used.
    const isRefused = name !== 'GaxiosError' || (answered !== undefined && answered < 500 && answered !== 429);
    return isRefused ? modelErrors.AUTH({ provider }, error) : toModelError(error, { provider });
  };

  const guarded = <C extends OAuth2Client>(client: C): C => {
    const ask = client.getRequestHeaders.bind(client);
    client.getRequestHeaders = (url) => ask(url).catch((error: unknown) => Promise.reject(toError(error)));
    return client;
  };

  const fromKey = async (key: MachineKey): Promise<OAuth2Client> => {
    const { JWT, UserRefreshClient } = await import('google-auth-library');
    const transport = { transporterOptions: { fetchImplementation: fetch, retry: false } };
    const client =
      key.type === 'authorized_user' ? new UserRefreshClient(transport) : new JWT({ ...transport, scopes: [SCOPE] });
    try {
      client.fromJSON(key);
    } catch (error) {
      throw toError(error);
    }
    return guarded(client);
  };

  const fromMetadata = async (url: string): Promise<OAuth2Client> => {
    const { OAuth2Client: Client } = await import('google-auth-library');
    const client = new Client();
    client.refreshHandler = async () => {
      const response = await fetch(new URL(TOKEN_PATH, url), { headers: { 'metadata-flavor': 'Google' } });
      if (!response.ok) throw toModelError({ status: response.status }, { provider });
      const { access_token, expires_in } = (await response.json()) as { access_token: string; expires_in: number };
      return { access_token, expiry_date: Date.now() + expires_in * 1_000 };
    };
    const ask = client.getRequestHeaders.bind(client);
    client.getRequestHeaders = (address) =>
      ask(address).catch((error: unknown) => Promise.reject(toModelError(error, { provider })));
    return client;
  };

  return {
    ofServiceAccount(text) {
      const name = createHash('sha256').update(text).digest('base64');
      const known = accounts.get(name);
      if (known) return known;
      const made = parseServiceAccount(text, provider).then(fromKey);
      accounts.set(name, made);
      made.catch(() => accounts.delete(name));
      const [oldest] = accounts.keys();
      if (accounts.size > MOST_CLIENTS && oldest !== undefined) accounts.delete(oldest);
      return made;
    },
    ofMachine() {
      machine ??= (async () => {
        const key = await readMachineKey(environment, provider);
        if (key) return fromKey(key);
        if (metadataUrl === undefined) throw modelErrors.NEEDS_KEY({ provider });
        return fromMetadata(metadataUrl);
      })();
      machine.catch(() => (machine = undefined));
      return machine;
    },
  };
}

async function parseServiceAccount(text: string, provider: string): Promise<MachineKey> {
  const reason = 'the key of a service account is the JSON file that Google Cloud makes';
  try {
    const key = JSON.parse(text) as MachineKey | null;
    if (key?.type === 'service_account') return key;
  } catch (cause) {
    throw modelErrors.AUTH({ provider, reason }, cause);
  }
  throw modelErrors.AUTH({ provider, reason });
}

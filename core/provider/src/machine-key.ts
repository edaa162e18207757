import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { modelErrors } from '@parley/contracts';
import type { JWTInput } from 'google-auth-library';

/** Reads the environment. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A key file of Google Cloud. */
export type MachineKey = JWTInput & { readonly type: 'service_account' | 'authorized_user' };

// For keys of other types the library asks past the fetch that it is given.
const SUPPORTED: readonly unknown[] = ['service_account', 'authorized_user'];

/** Where gcloud keeps the key of the person who signed in. */
function gcloudFile({ CLOUDSDK_CONFIG, APPDATA }: Environment): string {
  const folder = APPDATA ? join(APPDATA, 'gcloud') : join(homedir(), '.config', 'gcloud');
  return join(CLOUDSDK_CONFIG ?? folder, 'application_default_credentials.json');
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function typeOf(text: string): unknown {
  try {
    return (JSON.parse(text) as { readonly type?: unknown } | null)?.type;
  } catch {
    return undefined;
  }
}

/**
 * The key that this machine is set up with for Google Cloud, if it has one.
 * @throws MODEL_BAD_REQUEST for a key of another kind, or a file that is named and not there
 */
export async function readMachineKey(environment: Environment, provider: string): Promise<MachineKey | undefined> {
  const named = environment['GOOGLE_APPLICATION_CREDENTIALS'];
  const text = await readIfThere(named || gcloudFile(environment));
  if (text === undefined) {
    if (named) throw modelErrors.BAD_REQUEST({ provider, reason: 'GOOGLE_APPLICATION_CREDENTIALS names no file' });
    return undefined;
  }
  const type = typeOf(text);
  if (SUPPORTED.includes(type)) return JSON.parse(text) as MachineKey;
  throw modelErrors.BAD_REQUEST({ provider, reason: `keys of type ${String(type)} are not supported` });
}

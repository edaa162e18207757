import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FederatedPlugin, federatedPlugins } from './federated-plugins.ts';

/** A federated plugin as the development server serves it. */
export interface DevRemote extends FederatedPlugin {
  readonly remote: string;
  /** Stands in the address of its files, `/ui/<hash>/`. */
  readonly hash: string;
}

/** The federated plugins under names and addresses that do not change while they are edited. */
export const devRemotes = async (root: string): Promise<readonly DevRemote[]> =>
  (await federatedPlugins(root)).map(({ id, dir }) => ({
    id,
    dir,
    remote: `${id.replace(/\W/g, '_')}_dev`,
    hash: `dev-${id}-00000000`,
  }));

/**
 * Writes the manifest a server needs beside the development server: it lists the remotes and holds no file, since those
 * come from memory. Returns the folder to start the server with, as PARLEY_WEB.
 */
export async function writeDevManifest(root: string): Promise<string> {
  const dir = join(root, '.parley/web-dev');
  const remotes = await devRemotes(root);
  const plugins = remotes.map(({ id, remote, hash }) => [
    id,
    { remote, entry: 'remoteEntry.js', integrity: '', hash, files: {} },
  ]);
  mkdirSync(dir, { recursive: true });
  const manifest = { shell: { files: {} }, plugins: Object.fromEntries(plugins) };
  writeFileSync(join(dir, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return dir;
}

import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import * as z from 'zod';
import { hostErrors } from '../host-errors.ts';

/** Subresource integrity of each file by its path, `/` between folders. */
const Files = z.record(z.string().regex(/^[\w@+-][\w@.+/-]*$/), z.string().regex(/^sha(256|384|512)-/));

/** `manifest.json` of a web build: all files there are, with their hashes. */
const WebManifest = z.object({
  shell: z.object({ files: Files }),
  /** Versions of the modules that the page shares with remotes. */
  shared: z.record(z.string(), z.string()).default({}),
  plugins: z.record(
    z.string(),
    z.object({
      /** Name of the federated container. */
      remote: z.string(),
      /** Its first file, for example `remoteEntry.js`. */
      entry: z.string(),
      integrity: z.string(),
      /** Stands in the address of every file, so that it never changes behind an address. */
      hash: z.string().regex(/^[\w-]{8,}$/),
      files: Files,
    }),
  ),
});

/** One file of the web build, as it is served. */
export interface WebFile {
  readonly path: string;
  /** Absolute; what is served has the hash of the manifest. */
  readonly integrity: string;
  readonly isImmutable: boolean;
}

/** Where a plugin's federated remote is served. */
export interface WebRemote {
  readonly remote: string;
  readonly entry: string;
  readonly integrity: string;
}

/** The built shell and plugin remotes. */
export interface WebBuild {
  remote(pluginId: string): WebRemote | undefined;
  /** The file behind a path of a URL. */
  file(urlPath: string): WebFile | undefined;
  /** Version of a module that the page shares with remotes; `undefined` when it is not known. */
  sharedVersion(name: string): string | undefined;
  /** The bytes of a file. @throws HOST_BAD_WEB_BUILD, HOST_BAD_PLUGIN_FILE when they do not have their hash */
  read(file: WebFile): Buffer;
}

/**
 * The web build in a folder, and the files of installed plugins, which `more` finds by their address.
 * @throws HOST_BAD_WEB_BUILD when the manifest is missing or is none
 */
export function openWebBuild(dir: string, more: (urlPath: string) => WebFile | undefined = () => undefined): WebBuild {
  const manifest = readManifest(dir);
  const files = new Map<string, WebFile>();
  for (const [name, integrity] of Object.entries(manifest.shell.files)) {
    files.set(`/${name}`, { path: join(dir, 'shell', name), integrity, isImmutable: name.startsWith('assets/') });
  }
  for (const [id, plugin] of Object.entries(manifest.plugins)) {
    for (const [name, integrity] of Object.entries(plugin.files)) {
      files.set(`/ui/${plugin.hash}/${name}`, { path: join(dir, 'plugins', id, name), integrity, isImmutable: true });
    }
  }
  return {
    remote(pluginId) {
      const plugin = Object.hasOwn(manifest.plugins, pluginId) ? manifest.plugins[pluginId] : undefined;
      if (!plugin) return undefined;
      const { remote, entry, integrity, hash } = plugin;
      return { remote, entry: `/ui/${hash}/${entry}`, integrity };
    },
    file: (urlPath) => files.get(urlPath) ?? more(urlPath),
    sharedVersion: (name) => manifest.shared[name],
    read: (file) => readVerified(dir, file),
  };
}

function readManifest(dir: string): z.output<typeof WebManifest> {
  const path = join(dir, 'manifest.json');
  if (!existsSync(path)) throw hostErrors.BAD_WEB_BUILD({ dir, reason: 'manifest.json is missing' });
  try {
    return WebManifest.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw hostErrors.BAD_WEB_BUILD({ dir, reason: `manifest.json is not valid: ${String(error)}` }, error);
  }
}

function readVerified(dir: string, { path, integrity }: WebFile): Buffer {
  const [algorithm = ''] = integrity.split('-');
  const bytes = existsSync(path) ? readFileSync(path) : undefined;
  if (bytes && `${algorithm}-${createHash(algorithm).update(bytes).digest('base64')}` === integrity) return bytes;
  const reason = bytes ? 'does not have the hash of the manifest' : 'is missing';
  if (!path.startsWith(join(dir, sep))) throw hostErrors.BAD_PLUGIN_FILE({ path, reason });
  throw hostErrors.BAD_WEB_BUILD({ dir, reason: `${path.slice(dir.length + 1)} ${reason}` });
}

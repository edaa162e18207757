import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AnyPlugin, PluginManifest } from '@parley/kernel';
import { manifestOf } from '@parley/kernel';
import { SHIPPED } from './shipped.ts';
import type { ServerDoor } from './shipped.ts';
import type { InstalledPlugins } from './installed-plugins.ts';

/** The code of a plugin, ready to be started. */
export interface LoadedPlugin {
  readonly plugin: AnyPlugin;
  readonly isFirstParty: boolean;
}

/** What kind of thing `use` names. */
export type PluginKind = 'given' | 'shipped' | 'installed' | 'path' | 'package';

/** Loads plugins by what a composition calls them. */
export interface PluginLoader {
  kindOf(use: string): PluginKind;
  /** What the code is like now: it changes with the file or the lockfile. */
  stateOf(use: string): string;
  /** The same code at each call with the same state. @throws whatever keeps the plugin from being loaded */
  load(use: string, state: string): Promise<LoadedPlugin>;
  /** The manifest alone: of an installed plugin, none of its code runs. */
  manifest(use: string, state: string): Promise<PluginManifest>;
}

/** Where a loader looks. */
export interface LoaderDeps {
  /** Plugins that were handed over as values, by their ids. */
  readonly given: ReadonlyMap<string, LoadedPlugin>;
  /** Folder that paths are relative to. */
  readonly folder: string;
  readonly installed: InstalledPlugins;
}

const isPath = (use: string): boolean => /^\.{0,2}\//.test(use);

const importDoor = async (specifier: string): Promise<LoadedPlugin> => {
  const door = (await import(specifier)) as Partial<ServerDoor>;
  if (typeof door.default?.setup === 'function') return { plugin: door.default, isFirstParty: false };
  throw new Error('its server door has no plugin as default export');
};

export function createPluginLoader({ given, folder, installed }: LoaderDeps): PluginLoader {
  const loading = new Map<string, Promise<LoadedPlugin>>();
  const imported = new Set<string>();

  const kindOf: PluginLoader['kindOf'] = (use) => {
    if (given.has(use)) return 'given';
    if (Object.hasOwn(SHIPPED, use)) return 'shipped';
    if (isPath(use)) return 'path';
    return installed.has(use) ? 'installed' : 'package';
  };
  const stateOf = (use: string): string => {
    const kind = kindOf(use);
    if (kind === 'installed') return installed.stateOf(use);
    return kind === 'path' ? String(statSync(resolve(folder, use), { throwIfNoEntry: false })?.mtimeMs) : '';
  };
  const importPath = (use: string, state: string): Promise<LoadedPlugin> => {
    const { href } = pathToFileURL(resolve(folder, use));
    // A second import of one address gives the first module again; what it imports itself stays as it was.
    const address = imported.has(href) ? `${href}?state=${state}` : href;
    imported.add(href);
    return importDoor(address);
  };
  const readers: Readonly<Record<PluginKind, (use: string, state: string) => Promise<LoadedPlugin>>> = {
    given: async (use) => given.get(use) as LoadedPlugin,
    shipped: async (use) => ({
      plugin: (await (SHIPPED[use] as () => Promise<ServerDoor>)()).default,
      isFirstParty: true,
    }),
    installed: async (use) => ({ plugin: await installed.load(use), isFirstParty: false }),
    package: (use) => importDoor(`${use}/server`),
    path: importPath,
  };
  const load = (use: string, state: string): Promise<LoadedPlugin> => {
    const key = `${use}\0${state}`;
    const known = loading.get(key);
    if (known !== undefined) return known;
    const loaded = readers[kindOf(use)](use, state);
    loading.set(key, loaded);
    // A plugin that could not be loaded is tried anew next time, when somebody may have repaired it.
    loaded.catch(() => loading.delete(key));
    return loaded;
  };
  return {
    kindOf,
    stateOf,
    load,
    manifest: async (use, state) =>
      kindOf(use) === 'installed' ? installed.manifest(use) : manifestOf((await load(use, state)).plugin),
  };
}

import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AnyPlugin, PluginManifest, PluginUse } from '@parley/kernel';
import { manifestOf } from '@parley/kernel';
import { SHIPPED } from './shipped.ts';
import type { ServerDoor } from './shipped.ts';
import type { InstalledPlugins } from './installed-plugins.ts';

/** The code of a plugin, ready to be started. */
export interface LoadedPlugin {
  readonly plugin: AnyPlugin;
  readonly isFirstParty: boolean;
  /** File URL of the door of one that was handed over as a value, for a process of its own. */
  readonly door?: string;
  /** Where it runs, when that is not here. */
  readonly process?: PluginUse['process'];
}

/** Loads a door elsewhere, and gives what stands for its plugin here. */
export type LoadApart = (door: string) => Promise<Pick<PluginUse, 'plugin' | 'process'>>;

/** What kind of thing `use` names. */
export type PluginKind = 'given' | 'shipped' | 'installed' | 'path' | 'package';

/** Loads plugins by what a composition calls them. */
export interface PluginLoader {
  kindOf(use: string): PluginKind;
  /** What the code is like now: it changes with the file or the lockfile. */
  stateOf(use: string): string;
  /** The same code at each call with the same state. @throws whatever keeps the plugin from being loaded */
  load(use: string, state: string): Promise<LoadedPlugin>;
  /** The same plugin without its code: a process of its own holds it. @throws whatever keeps it from being loaded */
  loadApart(use: string, state: string, apart: LoadApart): Promise<LoadedPlugin>;
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

const keyOf = (use: string, state: string): string => `${use}\0${state}`;

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
    const key = keyOf(use, state);
    const known = loading.get(key);
    if (known !== undefined) return known;
    const loaded = readers[kindOf(use)](use, state);
    loading.set(key, loaded);
    // A plugin that could not be loaded is tried anew next time, when somebody may have repaired it.
    loaded.catch(() => loading.delete(key));
    return loaded;
  };
  /** Plugins whose code another process holds, by name and state: what they are is known without loading them here. */
  const apartPlugins = new Map<string, AnyPlugin>();
  const wrapped = new WeakMap<AnyPlugin, AnyPlugin>();
  const loadApart: PluginLoader['loadApart'] = async (use, state, apart) => {
    const kind = kindOf(use);
    let loaded: Awaited<ReturnType<LoadApart>> | undefined;
    const load = async (door: string) => {
      loaded = await apart(door);
      return { default: loaded.plugin };
    };
    const checked = kind === 'installed' ? await installed.load(use, load) : (await load(doorOf(use, kind))).default;
    if (loaded === undefined) throw new Error('it has no server door');
    // The same definition stays the same plugin, whatever it was wrapped in.
    const plugin = wrapped.get(loaded.plugin) ?? checked;
    wrapped.set(loaded.plugin, plugin);
    apartPlugins.set(keyOf(use, state), plugin);
    const isFirstParty = kind === 'shipped' || (kind === 'given' && given.get(use)?.isFirstParty === true);
    return { ...loaded, plugin, isFirstParty };
  };
  const doorOf = (use: string, kind: PluginKind): string => {
    if (kind === 'path') return pathToFileURL(resolve(folder, use)).href;
    if (kind !== 'given')
      return import.meta.resolve(kind === 'shipped' ? `@parley/plugin-${use}/server` : `${use}/server`);
    const door = given.get(use)?.door;
    if (door !== undefined) return door;
    throw new Error('it was handed over as code, so that it can only run inline');
  };
  return {
    kindOf,
    stateOf,
    load,
    loadApart,
    async manifest(use, state) {
      if (kindOf(use) === 'installed') return installed.manifest(use);
      return manifestOf(apartPlugins.get(keyOf(use, state)) ?? (await load(use, state)).plugin);
    },
  };
}

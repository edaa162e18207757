import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AnyPlugin, PluginUse } from '@parley/kernel';
import type { ConfigFile } from '@parley/kernel/config';
import { hostErrors } from './host-errors.ts';

interface ServerDoor {
  readonly default: AnyPlugin;
}

/** Server doors of the plugins that ship with Parley, loaded when used. */
const SHIPPED: Readonly<Record<string, () => Promise<ServerDoor>>> = {
  'storage-sqlite': () => import('@parley/plugin-storage-sqlite/server'),
  'cache-memory': () => import('@parley/plugin-cache-memory/server'),
  identity: () => import('@parley/plugin-identity/server'),
  'auth-local': () => import('@parley/plugin-auth-local/server'),
  events: () => import('@parley/plugin-events/server'),
  conversations: () => import('@parley/plugin-conversations/server'),
  chat: () => import('@parley/plugin-chat/server'),
  'provider-demo': () => import('@parley/plugin-provider-demo/server'),
  'provider-openai': () => import('@parley/plugin-provider-openai/server'),
  notes: () => import('@parley/plugin-notes/server'),
  xray: () => import('@parley/plugin-xray/server'),
};

/** Reads the environment. */
export type Environment = Readonly<Record<string, string | undefined>>;

type Entry = NonNullable<ConfigFile['plugins']>[number];

const OPENAI = 'provider-openai';

/**
 * The entries of a server without a config file: everything embedded. `provider-openai` is among them when the
 * environment holds OPENAI_API_KEY; OPENAI_BASE_URL points it at another compatible server.
 */
const defaultEntries = (env: Environment): Entry[] =>
  Object.keys(SHIPPED).flatMap((use): Entry[] => {
    if (use !== OPENAI) return [{ use, enabled: true }];
    const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseUrl } = env;
    return apiKey ? [{ use, enabled: true, config: { apiKey, ...(baseUrl ? { baseUrl } : {}) } }] : [];
  });

/** The default entries with those of the file: one of the same plugin takes its place, any other comes after them. */
function mergeEntries(defaults: readonly Entry[], given: readonly Entry[]): Entry[] {
  const merged = new Map(defaults.map((entry) => [entry.use, entry]));
  for (const entry of given) {
    const name = entry.id ?? entry.use;
    merged.set(name, { ...merged.get(name), ...entry });
  }
  return [...merged.values()].filter(({ enabled }) => enabled);
}

/**
 * The default composition as a config file changes it: an entry of a shipped plugin sets its settings or, with
 * `enabled: false`, leaves it out; any other entry adds a plugin. `use` is the id of a shipped plugin, a path relative
 * to the file, or a package with a door `./server`; only shipped plugins are first-party.
 * @throws HOST_PLUGIN_NOT_FOUND with every plugin that can not be loaded
 */
export async function loadComposition(
  config: ConfigFile | undefined,
  env: Environment = process.env,
): Promise<readonly PluginUse[]> {
  const entries = mergeEntries(defaultEntries(env), config?.plugins ?? []);
  const folder = config ? dirname(config.source.file) : '.';
  const loaded = await Promise.allSettled(entries.map((entry) => loadEntry(entry, folder)));
  const problems = loaded.flatMap((result, index) =>
    result.status === 'rejected' ? [problemOf(entries[index] as Entry, config?.source, result.reason)] : [],
  );
  if (problems.length > 0) {
    throw hostErrors.PLUGIN_NOT_FOUND({ problems: problems.join('\n'), shipped: Object.keys(SHIPPED) });
  }
  return loaded.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
}

async function loadEntry({ use, id, config }: Entry, folder: string): Promise<PluginUse> {
  const shipped = Object.hasOwn(SHIPPED, use) ? SHIPPED[use] : undefined;
  const { default: plugin } = shipped ? await shipped() : await importDoor(use, folder);
  return {
    plugin,
    firstParty: shipped !== undefined,
    ...(id === undefined ? {} : { id }),
    ...(config === undefined ? {} : { config }),
  };
}

async function importDoor(use: string, folder: string): Promise<ServerDoor> {
  const isPath = /^\.{0,2}\//.test(use);
  const specifier = isPath ? pathToFileURL(resolve(folder, use)).href : `${use}/server`;
  const door = (await import(specifier)) as Partial<ServerDoor>;
  if (typeof door.default?.setup !== 'function') throw new Error('its server door has no plugin as default export');
  return { default: door.default };
}

function problemOf({ use, id }: Entry, source: ConfigFile['source'] | undefined, reason: unknown): string {
  const place = source === undefined ? '' : `${source.place(id ?? use, [])}: `;
  return `${place}${use}: ${reason instanceof Error ? reason.message : String(reason)}`;
}

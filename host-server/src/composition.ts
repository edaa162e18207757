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
};

const ON_REQUEST = 'provider-openai';

/** Reads the environment. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The composition of a server without a config file: everything embedded. `provider-openai` joins it when the
 * environment holds OPENAI_API_KEY; OPENAI_BASE_URL points it at another compatible server.
 */
export function loadDefaultComposition(env: Environment = process.env): Promise<readonly PluginUse[]> {
  const shipped = Object.entries(SHIPPED).filter(([id]) => id !== ON_REQUEST || env['OPENAI_API_KEY']);
  return Promise.all(
    shipped.map(async ([id, load]): Promise<PluginUse> => {
      const { default: plugin } = await load();
      return { plugin, firstParty: true, ...(id === ON_REQUEST ? { config: openAiConfig(env) } : {}) };
    }),
  );
}

const openAiConfig = (env: Environment): object => ({
  apiKey: env['OPENAI_API_KEY'],
  ...(env['OPENAI_BASE_URL'] ? { baseUrl: env['OPENAI_BASE_URL'] } : {}),
});

type Entry = NonNullable<ConfigFile['plugins']>[number];

/**
 * The composition a config file names, the default one where it names no plugins. `use` is the id of a shipped plugin,
 * a path relative to the file, or a package with a door `./server`; only shipped plugins are first-party.
 * @throws HOST_PLUGIN_NOT_FOUND with every plugin that can not be loaded
 */
export async function loadComposition(config: ConfigFile, env: Environment): Promise<readonly PluginUse[]> {
  const { plugins, source } = config;
  if (!plugins) return loadDefaultComposition(env);
  const enabled = plugins.filter((entry) => entry.enabled);
  const loaded = await Promise.allSettled(enabled.map((entry) => loadEntry(entry, dirname(source.file))));
  const problems = loaded.flatMap((result, index) =>
    result.status === 'rejected' ? [problemOf(enabled[index] as Entry, source, result.reason)] : [],
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

function problemOf({ use, id }: Entry, source: ConfigFile['source'], reason: unknown): string {
  const line = source.line(id ?? use, []);
  const place = line === undefined ? source.file : `${source.file}:${line}`;
  return `${place}: ${use}: ${reason instanceof Error ? reason.message : String(reason)}`;
}

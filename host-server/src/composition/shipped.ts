import type { AnyPlugin, PluginUse } from '@parley/kernel';
import type { LayerEntry } from './entry.ts';

/** What a server door exports. */
export interface ServerDoor {
  readonly default: AnyPlugin;
}

/** Server doors of the plugins that ship with Parley, loaded when used. */
export const SHIPPED: Readonly<Record<string, () => Promise<ServerDoor>>> = {
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
  admin: () => import('@parley/plugin-admin/server'),
};

/** Reads the environment. */
export type Environment = Readonly<Record<string, string | undefined>>;

const OPENAI = 'provider-openai';

/**
 * The entries of a server without a config file: everything embedded. `provider-openai` is enabled when the environment
 * holds OPENAI_API_KEY; OPENAI_BASE_URL points it at another compatible server.
 */
export const shippedEntries = (env: Environment): LayerEntry[] =>
  Object.keys(SHIPPED).map((use): LayerEntry => {
    if (use !== OPENAI) return { use, isEnabled: true };
    const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseUrl } = env;
    if (!apiKey) return { use, isEnabled: false };
    return { use, isEnabled: true, settings: { apiKey, ...(baseUrl ? { baseUrl } : {}) } };
  });

/** The plugins of a server without a config file, as values; for tests and tools that change a few of them. */
export const shippedPlugins = (env: Environment = {}): Promise<readonly PluginUse[]> =>
  Promise.all(
    shippedEntries(env).flatMap(({ use, isEnabled, settings }) => (isEnabled ? [loadShipped(use, settings)] : [])),
  );

async function loadShipped(use: string, settings: unknown): Promise<PluginUse> {
  const { default: plugin } = await (SHIPPED[use] as () => Promise<ServerDoor>)();
  return { plugin, firstParty: true, ...(settings === undefined ? {} : { config: settings }) };
}

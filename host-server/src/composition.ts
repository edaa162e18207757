import type { AnyPlugin, PluginUse } from '@parley/kernel';

type Load = () => Promise<{ readonly default: AnyPlugin }>;

/** Server doors of the plugins that ship with Parley, loaded when used. */
const SHIPPED: Readonly<Record<string, Load>> = {
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

/** Ids of the plugins that ship with Parley. */
export const shippedPlugins: readonly string[] = Object.keys(SHIPPED);

/** One shipped plugin; `undefined` for any other id. */
export async function loadShippedPlugin(id: string): Promise<AnyPlugin | undefined> {
  return Object.hasOwn(SHIPPED, id) ? (await SHIPPED[id]?.())?.default : undefined;
}

/**
 * The composition of a server without a config file: everything embedded. `provider-openai` joins it when the
 * environment holds OPENAI_API_KEY; OPENAI_BASE_URL points it at another compatible server.
 */
export async function loadDefaultComposition(env: NodeJS.ProcessEnv = process.env): Promise<readonly PluginUse[]> {
  const ids = shippedPlugins.filter((id) => id !== ON_REQUEST || env['OPENAI_API_KEY']);
  return Promise.all(
    ids.map(async (id): Promise<PluginUse> => {
      const plugin = (await loadShippedPlugin(id)) as AnyPlugin;
      return { plugin, firstParty: true, ...(id === ON_REQUEST ? { config: openAiConfig(env) } : {}) };
    }),
  );
}

const openAiConfig = (env: NodeJS.ProcessEnv): object => ({
  apiKey: env['OPENAI_API_KEY'],
  ...(env['OPENAI_BASE_URL'] ? { baseUrl: env['OPENAI_BASE_URL'] } : {}),
});

import type { AnyPlugin, PluginUse } from '@parley/kernel';
import type { LayerEntry } from './entry.ts';

/** What a server door exports. */
export interface ServerDoor {
  readonly default: AnyPlugin;
}

/** Server doors of the plugins that ship with Parley, loaded when used. */
export const SHIPPED: Readonly<Record<string, () => Promise<ServerDoor>>> = {
  'storage-sqlite': () => import('@parley/plugin-storage-sqlite/server'),
  'storage-mongo': () => import('@parley/plugin-storage-mongo/server'),
  'cache-memory': () => import('@parley/plugin-cache-memory/server'),
  'cache-redis': () => import('@parley/plugin-cache-redis/server'),
  'search-meilisearch': () => import('@parley/plugin-search-meilisearch/server'),
  identity: () => import('@parley/plugin-identity/server'),
  'auth-local': () => import('@parley/plugin-auth-local/server'),
  privacy: () => import('@parley/plugin-privacy/server'),
  events: () => import('@parley/plugin-events/server'),
  conversations: () => import('@parley/plugin-conversations/server'),
  keys: () => import('@parley/plugin-keys/server'),
  models: () => import('@parley/plugin-models/server'),
  'model-catalogue': () => import('@parley/plugin-model-catalogue/server'),
  'model-routing': () => import('@parley/plugin-model-routing/server'),
  chat: () => import('@parley/plugin-chat/server'),
  'provider-demo': () => import('@parley/plugin-provider-demo/server'),
  'provider-anthropic': () => import('@parley/plugin-provider-anthropic/server'),
  'provider-bedrock': () => import('@parley/plugin-provider-bedrock/server'),
  'provider-google': () => import('@parley/plugin-provider-google/server'),
  'provider-ollama': () => import('@parley/plugin-provider-ollama/server'),
  'provider-openai': () => import('@parley/plugin-provider-openai/server'),
  speech: () => import('@parley/plugin-speech/server'),
  notes: () => import('@parley/plugin-notes/server'),
  search: () => import('@parley/plugin-search/server'),
  'search-sqlite': () => import('@parley/plugin-search-sqlite/server'),
  xray: () => import('@parley/plugin-xray/server'),
  admin: () => import('@parley/plugin-admin/server'),
};

/** Reads the environment. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** How the environment gives settings to a plugin, and so enables one that is not part of the defaults. */
export interface EnabledByEnvironment {
  /**
   * Its settings and the variables they are taken from, the first of several that is set; the first setting enables a
   * plugin that is no default.
   */
  readonly settings: Readonly<Record<string, string | readonly string[]>>;
  /** The default plugin that makes room for it. */
  readonly inPlaceOf?: string;
  /** Enabled without them too. */
  readonly isDefault?: boolean;
}

const BY_ENVIRONMENT: Readonly<Record<string, EnabledByEnvironment>> = {
  'cache-redis': { settings: { url: 'REDIS_URL' }, inPlaceOf: 'cache-memory' },
  'search-meilisearch': { settings: { host: 'MEILI_HOST', apiKey: 'MEILI_API_KEY' }, inPlaceOf: 'search-sqlite' },
  'provider-anthropic': {
    settings: { apiKey: 'ANTHROPIC_API_KEY', baseUrl: 'ANTHROPIC_BASE_URL' },
    isDefault: true,
  },
  'provider-bedrock': {
    // The keys that a server has for other services of AWS are not taken without being asked for.
    settings: { apiKey: 'AWS_BEARER_TOKEN_BEDROCK', region: ['AWS_REGION', 'AWS_DEFAULT_REGION'] },
    isDefault: true,
  },
  'provider-google': {
    settings: { apiKey: ['GOOGLE_API_KEY', 'GEMINI_API_KEY'], baseUrl: 'GOOGLE_GEMINI_BASE_URL' },
    isDefault: true,
  },
  'provider-ollama': { settings: { baseUrl: 'OLLAMA_BASE_URL', apiKey: 'OLLAMA_API_KEY' } },
  'provider-openai': { settings: { apiKey: 'OPENAI_API_KEY', baseUrl: 'OPENAI_BASE_URL' }, isDefault: true },
  'storage-mongo': { settings: { url: 'MONGODB_URI' }, inPlaceOf: 'storage-sqlite' },
};

function settingsFrom(env: Environment, { settings, isDefault }: EnabledByEnvironment): object | undefined {
  const wanted = Object.entries(settings).map(([name, variables]) => {
    const set = [variables].flat().find((variable) => env[variable]);
    return [name, set === undefined ? undefined : env[set]] as const;
  });
  const given = wanted.filter(([, value]) => value);
  const isEnough = isDefault ? given.length > 0 : Boolean(wanted[0]?.[1]);
  return isEnough ? Object.fromEntries(given) : undefined;
}

/**
 * The entries of a server without a config file: everything embedded, and of the plugins that need an outside system those
 * whose variables are set.
 */
export function shippedEntries(
  env: Environment,
  names: readonly string[] = Object.keys(SHIPPED),
  byEnvironment: Readonly<Record<string, EnabledByEnvironment>> = BY_ENVIRONMENT,
): LayerEntry[] {
  const enabled = new Map(Object.entries(byEnvironment).map(([use, rule]) => [use, settingsFrom(env, rule)] as const));
  const replaced = new Set(
    Object.entries(byEnvironment).flatMap(([use, { inPlaceOf }]) =>
      inPlaceOf !== undefined && enabled.get(use) !== undefined ? [inPlaceOf] : [],
    ),
  );
  return names.map((use): LayerEntry => {
    const rule = byEnvironment[use];
    if (rule === undefined) return { use, isEnabled: !replaced.has(use) };
    const settings = enabled.get(use);
    return settings === undefined ? { use, isEnabled: rule.isDefault ?? false } : { use, isEnabled: true, settings };
  });
}

/** The plugins of a server without a config file, as values; for tests and tools that change a few of them. */
export const shippedPlugins = (env: Environment = {}): Promise<readonly PluginUse[]> =>
  Promise.all(
    shippedEntries(env).flatMap(({ use, isEnabled, settings }) => (isEnabled ? [loadShipped(use, settings)] : [])),
  );

async function loadShipped(use: string, settings: unknown): Promise<PluginUse> {
  const { default: plugin } = await (SHIPPED[use] as () => Promise<ServerDoor>)();
  return { plugin, firstParty: true, ...(settings === undefined ? {} : { config: settings }) };
}

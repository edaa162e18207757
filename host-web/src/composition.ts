import type { WebPlugin } from '@parley/web';

/** Loads the web side of a plugin that is part of the shell's own build. */
export type BuiltIn = () => Promise<{ readonly default: WebPlugin }>;

/**
 * The web sides compiled into the shell, by plugin id. They show only when the manifest lists them; any other plugin is
 * a federated remote.
 */
export const builtIn: Readonly<Record<string, BuiltIn>> = {
  'auth-local': () => import('@parley/plugin-auth-local/web'),
  chat: () => import('@parley/plugin-chat/web'),
  conversations: () => import('@parley/plugin-conversations/web'),
  identity: () => import('@parley/plugin-identity/web'),
  search: () => import('@parley/plugin-search/web'),
  speech: () => import('@parley/plugin-speech/web'),
};

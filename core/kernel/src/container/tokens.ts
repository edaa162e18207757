import type { Principal, SystemPrincipal } from '@parley/contracts';
import type { Clock, Logger } from '../plugin-context.ts';
import type { PluginStores } from '../store/plugin-stores.ts';
import { createToken } from './scope.ts';

/** What every plugin shares. */
export const rootTokens = {
  clock: createToken<Clock>('clock'),
  dataDir: createToken<string>('dataDir'),
};

/** What one generation of a plugin works with. */
export const pluginTokens = {
  settings: createToken<unknown>('settings'),
  log: createToken<Logger>('log'),
  fetch: createToken<typeof fetch>('fetch'),
  stores: createToken<PluginStores>('stores'),
  system: createToken<SystemPrincipal>('system'),
};

/** What one call carries. A plugin's scope holds the defaults: work that no request asked for. */
export const callTokens = {
  principal: createToken<Principal>('principal'),
  signal: createToken<AbortSignal>('signal'),
  requestId: createToken<string>('requestId'),
  locale: createToken<string>('locale'),
};

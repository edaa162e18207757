import type { WebPluginSource } from '@parley/web/host';
import { builtIn } from '../composition.ts';

/** Web sides from the shell's own build, and federated ones by a loader that comes with the first of them. */
export function createPluginSource(): WebPluginSource {
  let federation: Promise<WebPluginSource> | undefined;
  return {
    async load(plugin) {
      const own = builtIn[plugin.id];
      if (own && !plugin.remote) return (await own()).default;
      federation ??= import('../federation/start-federation.ts').then((module) => module.startFederation());
      return (await federation).load(plugin);
    },
  };
}

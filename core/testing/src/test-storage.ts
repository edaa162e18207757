import { createHash } from 'node:crypto';
import type { PluginUse } from '@parley/kernel';
import type { HostDoor } from './load-host.ts';

const EMBEDDED = 'storage-sqlite';

/**
 * The plugins of a test host, with another storage where the environment asks for it: PARLEY_TEST_STORAGE=storage-mongo
 * keeps records in the MongoDB of MONGODB_URI instead of a file, in a database of its own for each data folder.
 */
export async function withTestStorage(
  hostModule: HostDoor,
  plugins: readonly PluginUse[],
  dataDir: string,
): Promise<readonly PluginUse[]> {
  const { PARLEY_TEST_STORAGE: wanted = EMBEDDED, MONGODB_URI } = process.env;
  if (wanted === EMBEDDED) return plugins;
  const shipped = await hostModule.shippedPlugins({ MONGODB_URI });
  const other = shipped.find(({ plugin }) => plugin.id === wanted);
  if (other === undefined) throw new Error(`PARLEY_TEST_STORAGE=${wanted} needs MONGODB_URI; see \`npm run mongo\``);
  const database = `parley_test_${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`;
  const replacement: PluginUse = { ...other, config: { ...(other.config as object), database } };
  return plugins.map((use) => ((use.id ?? use.plugin.id) === EMBEDDED ? replacement : use));
}

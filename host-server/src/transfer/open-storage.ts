import { storageDriver } from '@parley/contracts';
import type { StorageDriver } from '@parley/contracts';
import { createKernel, manifestOf } from '@parley/kernel';
import type { PluginManifest, PluginUse } from '@parley/kernel';
import type { Entry } from '../composition/compose.ts';
import type { ChangedEntries } from '../composition/composition-file.ts';
import { openLayers } from '../composition/layers.ts';
import type { PluginLoader } from '../composition/load-plugin.ts';
import { createSeal } from '../composition/seal.ts';
import { createEgress } from '../egress/create-egress.ts';
import { createKeyDerivation, findRootKey, readRootKey } from '../root-key.ts';
import type { Installation } from './installation.ts';
import { transferErrors } from './transfer-errors.ts';

/** A storage plugin that runs alone. */
export interface OpenedStorage {
  /** Id of the plugin. */
  readonly id: string;
  /** What the driver calls itself. */
  readonly title: string;
  /** The plugin's settings as they were given. */
  readonly settings: unknown;
  readonly driver: StorageDriver;
  readonly close: () => Promise<void>;
}

/** Another storage plugin than the one of the composition, with settings over those it has there. */
export interface StorageChoice {
  readonly id: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

const quiet = () => undefined;
const silent = { debug: quiet, info: quiet, warn: quiet, error: quiet };

const providesStorage = ({ provides }: PluginManifest): boolean =>
  provides.some(({ capability }) => capability === storageDriver.id);

const isStorage = ({ plugin }: PluginUse): boolean => providesStorage(manifestOf(plugin));

/** Whether a plugin that is enabled and can not run now would store records. */
async function isLameStorage({ use, isEnabled, failure }: Entry, loader: PluginLoader): Promise<boolean> {
  if (!isEnabled || failure === undefined) return false;
  return loader.manifest(use, loader.stateOf(use)).then(providesStorage, () => false);
}

const idOf = ({ id, plugin }: PluginUse): string => id ?? plugin.id;

function withChoice(changes: ChangedEntries, { id, settings }: StorageChoice): ChangedEntries {
  const known = changes[id];
  return { ...changes, [id]: { ...known, isEnabled: true, settings: { ...known?.settings, ...settings } } };
}

/** The composition of an installation, with a chosen storage plugin enabled; nothing of it has run. */
async function readComposition({ dataDir, configFile, env }: Installation, choice?: StorageChoice) {
  const key = findRootKey(dataDir, env['PARLEY_SECRET']) ?? '';
  const seal = createSeal(createKeyDerivation(key)('@host', 'composition'));
  const layers = openLayers({ dataDir, configFile, env, seal });
  const changes = layers.stored.versions().at(-1)?.entries ?? {};
  const file = await layers.readFile();
  const { composed } = await layers.make(file, choice === undefined ? changes : withChoice(changes, choice), new Map());
  const { plugins, bindings = {} } = composed.target;
  return {
    source: layers.source,
    loader: layers.loader,
    entries: composed.entries,
    storages: plugins.filter(isStorage),
    bound: bindings[storageDriver.id],
  };
}

/** Ids of the storage plugins that are enabled, whether they can run now or not, and of the one that is bound. */
export async function storageIds(installation: Installation) {
  const { storages, entries, loader, bound } = await readComposition(installation);
  const lame = await Promise.all(
    entries.map(async (entry) => ((await isLameStorage(entry, loader)) ? [entry.id] : [])),
  );
  return { enabled: [...storages.map(idOf), ...lame.flat()], bound };
}

async function findStorage(installation: Installation, choice: StorageChoice | undefined) {
  const { source, entries, storages, bound } = await readComposition(installation, choice);
  const wanted = choice?.id ?? bound;
  const found = storages.filter((use) => wanted === undefined || idOf(use) === wanted);
  const [use] = found;
  if (use !== undefined && found.length === 1) return { use, source };
  throw transferErrors.NO_STORAGE({ reason: reasonOf(found, wanted, entries) });
}

function reasonOf(found: readonly PluginUse[], wanted: string | undefined, entries: readonly Entry[]): string {
  if (found.length > 1) return `${found.map(idOf).join(' and ')} are both enabled; disable one of them`;
  const failures = entries
    .filter(({ id, failure }) => failure !== undefined && (wanted === undefined || id === wanted))
    .map(({ id, failure }) => `${id}: ${failure?.reason}`);
  if (failures.length > 0) return failures.join('; ');
  return wanted === undefined ? 'the composition has none' : `the composition has no ${wanted} that stores records`;
}

/**
 * Starts the storage plugin of an installation, or the chosen one, and nothing else.
 * @throws TRANSFER_NO_STORAGE, and KERNEL_CRITICAL_FAILED with the reason when it does not start
 */
export async function openStorage(installation: Installation, choice?: StorageChoice): Promise<OpenedStorage> {
  const { dataDir, env } = installation;
  const { use, source } = await findStorage(installation, choice);
  const id = idOf(use);
  if (use.process !== undefined) {
    const reason = `${id} runs in a process of its own; back up from the running server, or set it inline`;
    throw transferErrors.NO_STORAGE({ reason });
  }
  const egress = createEgress();
  const kernel = createKernel({
    plugins: [use],
    configSource: source,
    log: () => silent,
    dataDir,
    // The key is made by a start of the server; here it is read only when it is asked for.
    deriveKey: (...what) => createKeyDerivation(readRootKey(dataDir, env['PARLEY_SECRET']))(...what),
    fetchFor: (pluginId, access) => egress.fetchFor(pluginId, access),
    grantDeclared: true,
  });
  const close = async () => {
    await kernel.stop();
    await egress.close();
  };
  try {
    await kernel.start();
    const storage = kernel.live(storageDriver);
    const { value: driver } = storage.lease();
    const title = storage.descriptors().get(id)?.title ?? id;
    return { id, title, settings: use.config, driver, close };
  } catch (error) {
    await close();
    throw error;
  }
}

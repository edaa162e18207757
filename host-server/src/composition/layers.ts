import { dirname } from 'node:path';
import type { ConfigSource, PluginUse } from '@parley/kernel';
import type { ConfigFile } from '@parley/kernel/config';
import { lockfilePath } from '@parley/package';
import { compose } from './compose.ts';
import type { Composed, Entry } from './compose.ts';
import { openCompositionFile } from './composition-file.ts';
import type { ChangedEntries, CompositionFile } from './composition-file.ts';
import { fileEntries, mergeLayers } from './entry.ts';
import type { LayerEntry } from './entry.ts';
import { createDescriber } from '../isolation/describe-only.ts';
import type { Isolator } from '../isolation/isolator.ts';
import { openInstalledPlugins } from './installed-plugins.ts';
import type { InstalledPlugins } from './installed-plugins.ts';
import { createPluginLoader } from './load-plugin.ts';
import type { LoadedPlugin, PluginLoader } from './load-plugin.ts';
import { readConfig } from './read-config.ts';
import type { Seal } from './seal.ts';
import { valueAt } from './settings-patch.ts';
import { shippedEntries } from './shipped.ts';
import type { Environment } from './shipped.ts';

/** What the layers of a composition are read from. */
export interface LayerOptions {
  readonly dataDir: string;
  /** Config file; without one the defaults and the changes made while serving are all there is. */
  readonly configFile: string | undefined;
  readonly env: Environment;
  /** Plugins that stand in place of the shipped ones. */
  readonly given?: readonly PluginUse[] | undefined;
  readonly bindings?: Readonly<Record<string, string>>;
  /** Runs plugins in processes of their own; without one they are only described. */
  readonly isolator?: Isolator;
  readonly seal: Seal;
  /** Version of a module that the page shares, where a page is served. */
  readonly sharedVersion?: ((name: string) => string | undefined) | undefined;
}

/** A composition with what it was made from. */
export interface LayeredState {
  readonly file: ConfigFile | undefined;
  readonly changes: ChangedEntries;
  readonly composed: Composed;
}

/** Defaults, config file and the changes made while serving: what compositions are made from. */
export interface Layers {
  /** Where the settings of the state that was made last come from. */
  readonly source: ConfigSource;
  readonly loader: PluginLoader;
  readonly installed: InstalledPlugins;
  readonly stored: CompositionFile;
  readonly seal: Seal;
  /** The config file as it is now. @throws KERNEL_INVALID, HOST_BAD_CONFIG */
  readFile(): Promise<ConfigFile | undefined>;
  /** Lays the layers over each other. */
  make(
    file: ConfigFile | undefined,
    changes: ChangedEntries,
    states: ReadonlyMap<string, string>,
  ): Promise<LayeredState>;
  /** `source` tells of this state again, after another one was made and not taken. */
  pointTo(state: LayeredState): void;
  /** Whether a plugin that can not be loaded keeps everything from starting: the operator named it and waits for it. */
  isFatal(entry: Entry): boolean;
  /** What is fatal, with place and reason. */
  unloadable(state: LayeredState): readonly string[];
}

/** Plugins handed over as values: each is its own default entry. */
function givenLayer(uses: readonly PluginUse[]): { entries: LayerEntry[]; plugins: Map<string, LoadedPlugin> } {
  const plugins = new Map<string, LoadedPlugin>();
  const entries = uses.map(
    ({ plugin, id = plugin.id, firstParty = false, config, grants, isolation, door }): LayerEntry => {
      const use = plugins.has(id) ? `${id}#${plugins.size}` : id;
      plugins.set(use, { plugin, isFirstParty: firstParty, ...(door === undefined ? {} : { door }) });
      return {
        use,
        id,
        isEnabled: true,
        settings: config,
        ...(grants === undefined ? {} : { grants }),
        ...(isolation === undefined ? {} : { isolation }),
      };
    },
  );
  return { entries, plugins };
}

const isFatal = ({ failure, changed, use, source }: Entry, loader: PluginLoader): boolean =>
  failure?.kind === 'load' && changed?.use === undefined && source !== 'admin' && loader.kindOf(use) !== 'installed';

/** @throws HOST_BAD_COMPOSITION, and KERNEL_INVALID for a lockfile that can not be read */
export function openLayers(options: LayerOptions): Layers {
  const { configFile, dataDir, env, seal, isolator = createDescriber(dataDir) } = options;
  const stored = openCompositionFile(dataDir);
  const lockfile = lockfilePath(dataDir, configFile);
  const installed = openInstalledPlugins({ lockfile, dataDir, sharedVersion: options.sharedVersion });
  const given = options.given && givenLayer(options.given);
  const loader = createPluginLoader({
    given: given?.plugins ?? new Map(),
    folder: configFile === undefined ? '.' : dirname(configFile),
    installed,
  });
  let pointed: Pick<LayeredState, 'file' | 'changes'> = { file: undefined, changes: {} };
  const source: ConfigSource = {
    place: (pluginId, path) =>
      valueAt(pointed.changes[pluginId]?.settings, path) === undefined
        ? pointed.file?.source.place(pluginId, path)
        : stored.path,
  };
  return {
    source,
    loader,
    installed,
    stored,
    seal,
    readFile: async () => (configFile === undefined ? undefined : readConfig(configFile, env)),
    async make(file, changes, states) {
      pointed = { file, changes };
      const base = mergeLayers(given?.entries ?? shippedEntries(env), file === undefined ? [] : fileEntries(file));
      const bindings = { ...options.bindings, ...file?.bindings };
      const order = file?.order ?? {};
      const input = { base, changes, bindings, order, loader, installed, isolator, seal, source, states };
      const composed = await compose(input);
      return { file, changes, composed };
    },
    pointTo(state) {
      pointed = state;
    },
    isFatal: (entry) => isFatal(entry, loader),
    unloadable: ({ file, composed }) =>
      composed.entries
        .filter((entry) => isFatal(entry, loader))
        .map(({ id, use, failure }) => {
          const place = file?.source.place(id, []) ?? file?.source.place(use, []);
          return `${place === undefined ? '' : `${place}: `}${use}: ${failure?.reason}`;
        }),
  };
}

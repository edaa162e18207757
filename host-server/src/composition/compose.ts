import type { Isolation, Origin } from '@parley/contracts';
import type { Composition, ConfigSource, Grants, PluginManifest, PluginUse } from '@parley/kernel';
import { parseSettings, manifestOf } from '@parley/kernel';
import { grantOptions, missingGrants } from '@parley/kernel/lockfile';
import type { ChangedEntries, ChangedEntry } from './composition-file.ts';
import { toGrants } from './entry.ts';
import type { BaseEntry } from './entry.ts';
import type { InstalledPlugins } from './installed-plugins.ts';
import type { LoadedPlugin, PluginLoader } from './load-plugin.ts';
import type { Isolator } from '../isolation/isolator.ts';
import type { Seal } from './seal.ts';
import { mergeSettings } from './settings-patch.ts';

/** One plugin as all layers together describe it. */
export interface Entry {
  /** Its id in the composition. */
  readonly id: string;
  readonly use: string;
  readonly source: Origin;
  readonly isEnabled: boolean;
  readonly changed: ChangedEntry | undefined;
  /** Settings of each layer, the lowest first, and of all together. */
  readonly layers: BaseEntry['layers'];
  readonly settings: unknown;
  readonly secrets: readonly (readonly PropertyKey[])[];
  readonly grants: Grants | undefined;
  readonly isolation: Isolation;
  readonly startTimeoutMs: number | undefined;
  /** Its code; only of an enabled plugin that could be loaded. */
  readonly loaded: LoadedPlugin | undefined;
  /** Why it is not among what runs although it is enabled. */
  readonly failure: EntryFailure | undefined;
}

/** What keeps an entry from being run. */
export interface EntryFailure {
  readonly kind: 'load' | 'grants' | 'settings' | 'seal';
  /** In words for an operator. */
  readonly reason: string;
}

/** Everything a composition is made of. */
export interface ComposeInput {
  readonly base: readonly BaseEntry[];
  readonly changes: ChangedEntries;
  readonly bindings: Readonly<Record<string, string>>;
  readonly order: Readonly<Record<string, readonly string[]>>;
  readonly loader: PluginLoader;
  readonly installed: InstalledPlugins;
  /** Runs plugins in processes of their own. */
  readonly isolator: Isolator;
  readonly seal: Seal;
  readonly source: ConfigSource;
  /** Which state of each plugin's code is used, by `use`; a plugin that is not in it is used as it is now. */
  readonly states: ReadonlyMap<string, string>;
}

/** The entries, and what of them can run. */
export interface Composed {
  readonly entries: readonly Entry[];
  readonly target: Composition;
  /** The states that were used. */
  readonly states: ReadonlyMap<string, string>;
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const stateOf = (use: string, { states, loader }: ComposeInput): string => states.get(use) ?? loader.stateOf(use);

/** Loads a plugin: its code into this process, or into one of its own. */
async function loadCode(
  { id, use, isolation, settings: config }: Pick<Entry, 'use' | 'isolation' | 'settings'> & { readonly id?: string },
  input: ComposeInput,
): Promise<LoadedPlugin> {
  const { loader, isolator } = input;
  const state = stateOf(use, input);
  if (isolation === 'inline') return await loader.load(use, state);
  return await loader.loadApart(use, state, (door) =>
    isolator.isolate({ isolation, door, config, ...(id === undefined ? {} : { id }) }, state),
  );
}

/** The id of an entry; that of one given by path stands in its code. */
async function idOf(base: BaseEntry, input: ComposeInput): Promise<string> {
  const { id, use } = base;
  if (id !== undefined) return id;
  const kind = input.loader.kindOf(use);
  if (kind !== 'path' && kind !== 'package') return use;
  return loadCode({ use, isolation: base.isolation ?? 'inline', settings: base.layers.at(-1)?.settings }, input).then(
    ({ plugin }) => plugin.id,
    () => use,
  );
}

const addedBase = (changed: ChangedEntry, id: string): BaseEntry => ({
  use: changed.use ?? id,
  id,
  isEnabled: true,
  source: 'default',
  layers: [],
});

type Unloaded = Omit<Entry, 'loaded'>;

function overlay(base: BaseEntry, id: string, changed: ChangedEntry | undefined, input: ComposeInput): Unloaded {
  let own: unknown;
  let failure: EntryFailure | undefined;
  try {
    own = changed?.settings && input.seal.open(id, changed.settings);
  } catch {
    const reason = `its secret settings were sealed with another root key; set them again with \`parley plugin set ${id} <name>=<value>\``;
    failure = { kind: 'seal', reason };
  }
  const use = changed?.use ?? base.use;
  const layers = own === undefined ? base.layers : [...base.layers, { origin: 'admin' as const, settings: own }];
  return {
    id,
    use,
    source: changed?.isAdded ? 'admin' : base.source,
    isEnabled: changed?.isEnabled ?? base.isEnabled,
    changed,
    layers,
    settings:
      layers.length === 1
        ? layers[0]?.settings
        : layers.reduce((below, { settings }) => mergeSettings(below, settings), undefined as unknown),
    secrets: base.secrets ?? [],
    grants: changed?.grants ? toGrants(changed.grants) : (base.grants ?? input.installed.grants(use)),
    isolation: changed?.isolation ?? base.isolation ?? 'inline',
    startTimeoutMs: base.startTimeoutMs,
    failure,
  };
}

/** What a third-party plugin asks for must have been granted before any of its code runs. */
function lackOfGrants({ id, grants }: Unloaded, manifest: PluginManifest): string | undefined {
  const missing = grants && missingGrants(manifest, grants);
  if (missing === undefined) return undefined;
  const options = grantOptions(missing);
  return `it asks for more than it was granted: ${options.replaceAll('--', '')}; to allow it: parley plugin grant ${id} ${options}`;
}

/** What a plugin is; of one that runs in a process of its own, as that process tells it. */
async function manifestFor(entry: Unloaded, state: string, input: ComposeInput): Promise<PluginManifest> {
  const { loader } = input;
  const isApart = entry.isolation === 'process' && loader.kindOf(entry.use) !== 'installed';
  return isApart ? manifestOf((await loadCode(entry, input)).plugin) : await loader.manifest(entry.use, state);
}

async function loadEntry(entry: Unloaded, input: ComposeInput): Promise<Entry> {
  if (!entry.isEnabled || entry.failure !== undefined) return { ...entry, loaded: undefined };
  const { loader, source } = input;
  try {
    const state = stateOf(entry.use, input);
    const isOurs = ['given', 'shipped'].includes(loader.kindOf(entry.use));
    const refused = isOurs ? undefined : lackOfGrants(entry, await manifestFor(entry, state, input));
    if (refused !== undefined) return { ...entry, loaded: undefined, failure: { kind: 'grants', reason: refused } };
    const loaded = await loadCode(entry, input);
    // Settings of the file that do not fit keep the host from starting; changed ones only this plugin.
    const { problems } =
      entry.changed?.settings === undefined
        ? { problems: [] }
        : parseSettings(toUse(entry, loaded), manifestOf(loaded.plugin, entry.id), source);
    const reason = problems.map(({ text }) => text).join('; ');
    return { ...entry, loaded, failure: problems.length === 0 ? undefined : { kind: 'settings', reason } };
  } catch (error) {
    return { ...entry, loaded: undefined, failure: { kind: 'load', reason: reasonOf(error) } };
  }
}

const toUse = (entry: Unloaded, { plugin, isFirstParty, process }: LoadedPlugin): PluginUse => ({
  plugin,
  firstParty: isFirstParty,
  ...(entry.isolation === 'inline' ? {} : { isolation: entry.isolation }),
  ...(process === undefined ? {} : { process }),
  ...(entry.id === plugin.id ? {} : { id: entry.id }),
  ...(entry.settings === undefined ? {} : { config: entry.settings }),
  ...(entry.grants === undefined ? {} : { grants: entry.grants }),
  ...(entry.startTimeoutMs === undefined ? {} : { startTimeoutMs: entry.startTimeoutMs }),
});

/** Lays the changes made while serving over defaults and file, and loads what is enabled. */
export async function compose(input: ComposeInput): Promise<Composed> {
  const { base, changes } = input;
  const named = await Promise.all(base.map(async (entry) => [await idOf(entry, input), entry] as const));
  const known = new Set(named.map(([id]) => id));
  const added = Object.entries(changes).flatMap(([id, changed]) =>
    changed.isAdded && !known.has(id) ? [[id, addedBase(changed, id)] as const] : [],
  );
  const entries = await Promise.all(
    [...named, ...added].map(([id, entry]) => loadEntry(overlay(entry, id, changes[id], input), input)),
  );
  const plugins = entries.flatMap((entry) =>
    entry.loaded === undefined || entry.failure !== undefined ? [] : [toUse(entry, entry.loaded)],
  );
  return {
    entries,
    target: { plugins, bindings: input.bindings, order: input.order },
    states: new Map(entries.map(({ use }) => [use, stateOf(use, input)])),
  };
}

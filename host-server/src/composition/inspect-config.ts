import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { isAppError, Secret } from '@parley/contracts';
import type { PluginEntryView } from '@parley/contracts';
import { createKernel, manifestOf } from '@parley/kernel';
import type { Composition, ConfigSource, JsonSchema } from '@parley/kernel';
import type { CheckedConfigFile, ConfigTree } from '@parley/kernel/config';
import { createKeyDerivation, readRootKey } from '../root-key.ts';
import type { Entry } from './compose.ts';
import { openLayers } from './layers.ts';
import type { LayeredState, Layers } from './layers.ts';
import { checkConfig, findConfigFile } from './read-config.ts';
import { requiredProblems } from './required.ts';
import { createSeal } from './seal.ts';
import { hideSecrets, createIsSecret } from './secret-settings.ts';
import { isPlainObject, settingPaths, valueAt } from './settings-patch.ts';
import type { Environment } from './shipped.ts';
import { viewEntry } from './view-entry.ts';

/** One setting as it holds, secrets left out. */
export interface InspectedSetting {
  readonly path: readonly string[];
  readonly value: unknown;
  /** Where it comes from: `parley.config.yaml:4`, `changed while serving`, `default`. */
  readonly origin: string;
}

/** One plugin with everything that holds for it. */
export interface InspectedEntry extends PluginEntryView {
  readonly effective: readonly InspectedSetting[];
}

/** A configuration as a server would start with it; none was started, and no plugin's code ran but its definition. */
export interface ConfigInspection {
  readonly configFile: string | undefined;
  /** Everything that is wrong, each with its place. */
  readonly problems: readonly string[];
  /** With the changes made while serving. */
  readonly entries: readonly InspectedEntry[];
  /** As file and defaults alone have it. */
  readonly unchanged: readonly PluginEntryView[];
  /** What the file says beside plugins. */
  readonly tree: Omit<ConfigTree, 'plugins'>;
}

const noLog = () => undefined;
const silent = { debug: noLog, info: noLog, warn: noLog, error: noLog };
const EMPTY: Omit<ConfigTree, 'plugins'> = { bindings: {}, order: {}, required: [], server: {} };

const treeOf = ({ name, bindings, order, required, server }: ConfigTree): ConfigInspection['tree'] => ({
  ...(name === undefined ? {} : { name }),
  bindings,
  order,
  required,
  server,
});

/** Everything that keeps a composition from starting, as the kernel tells it. */
function kernelProblems(target: Composition, source: ConfigSource): readonly string[] {
  const kernel = createKernel({
    plugins: [],
    configSource: source,
    log: () => silent,
    dataDir: '',
    deriveKey: () => new Uint8Array(),
    fetchFor: () => fetch,
    grantDeclared: true,
  });
  return kernel.plan(target).problems;
}

/** The root key is read only where something was sealed with it. */
const sealOf = (dataDir: string, env: Environment) => {
  const isSealed = existsSync(resolve(dataDir, 'composition.json'));
  const key = isSealed ? readRootKey(dataDir, env['PARLEY_SECRET']) : '';
  return createSeal(createKeyDerivation(key)('@host', 'composition'));
};

async function readChecked(configFile: string | undefined, env: Environment): Promise<CheckedConfigFile> {
  if (configFile === undefined) return { file: undefined, problems: [] };
  try {
    return await checkConfig(configFile, env);
  } catch (error) {
    if (!isAppError(error)) throw error;
    const problems = (error.details['problems'] as readonly string[] | undefined) ?? [error.message];
    return { file: undefined, problems };
  }
}

/** Settings with what the schema adds, each with where it comes from. */
function effectiveSettings(
  { id, loaded, settings, secrets, changed }: Entry,
  source: ConfigSource,
): InspectedSetting[] {
  const parsed: unknown = loaded?.plugin.config?.safeParse(settings ?? {}).data ?? settings ?? {};
  const isSecret = createIsSecret(loaded === undefined ? [] : manifestOf(loaded.plugin).secrets, secrets);
  const shown = hideSecrets(parsed, isSecret);
  return settingPaths(shown).map((path) => {
    const value = valueAt(shown, path);
    const isHidden = valueAt(parsed, path) instanceof Secret || (isPlainObject(value) && value['$secret'] === true);
    const isSet = valueAt(settings, path) !== undefined;
    const isChanged = valueAt(changed?.settings, path) !== undefined;
    const place = isSet ? (source.place(id, path) ?? 'default') : 'default';
    return { path, value: isHidden ? '[secret]' : value, origin: isChanged ? 'changed while serving' : place };
  });
}

async function viewAll({ composed }: LayeredState, layers: Layers): Promise<readonly PluginEntryView[]> {
  const source = { loader: layers.loader, installed: layers.installed, states: () => composed.states };
  return Promise.all(composed.entries.map((entry) => viewEntry(entry, undefined, source)));
}

/**
 * What a server started in a folder would run, and everything that would keep it from that.
 * @throws HOST_BAD_SETTING, HOST_BAD_COMPOSITION, and KERNEL_INVALID for a lockfile that can not be read
 */
export async function inspectConfig({
  cwd,
  env,
}: {
  readonly cwd: string;
  readonly env: Environment;
}): Promise<ConfigInspection> {
  const configFile = findConfigFile(cwd, env);
  const dataDir = resolve(cwd, env['PARLEY_DATA'] || 'data');
  const layers = openLayers({ dataDir, configFile, env, seal: sealOf(dataDir, env) });
  const { file, problems } = await readChecked(configFile, env);
  if (configFile !== undefined && file === undefined) {
    return { configFile, problems, entries: [], unchanged: [], tree: EMPTY };
  }
  const unchanged = await viewAll(await layers.make(file, {}, new Map()), layers);
  const state = await layers.make(file, layers.stored.versions().at(-1)?.entries ?? {}, new Map());
  const { entries, target } = state.composed;
  const held = entries
    .filter((entry) => entry.failure !== undefined && !layers.isFatal(entry))
    .map(({ id, failure }) => `${id} does not run: ${failure?.reason}`);
  const views = await viewAll(state, layers);
  return {
    configFile,
    problems: [
      ...problems,
      ...layers.unloadable(state),
      ...held,
      ...requiredProblems(file?.required ?? [], entries),
      ...kernelProblems(target, layers.source),
    ],
    entries: entries.map((entry, index) => ({
      ...(views[index] as PluginEntryView),
      effective: effectiveSettings(entry, layers.source),
    })),
    unchanged,
    tree: file === undefined ? EMPTY : treeOf(file),
  };
}

/** The JSON Schema of a whole config file, with the settings of every shipped plugin and of those the file adds. */
export async function configSchema(surroundings: {
  readonly cwd: string;
  readonly env: Environment;
}): Promise<JsonSchema> {
  const { createConfigSchema } = await import('@parley/kernel/config');
  const { unchanged } = await inspectConfig(surroundings);
  return createConfigSchema(
    unchanged.map(({ use, settingsSchema }) => ({ use, ...(settingsSchema ? { settingsSchema } : {}) })),
  );
}

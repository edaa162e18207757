import type { Origin, PermissionsView, PluginEntryView } from '@parley/contracts';
import type { PluginManifest, PluginNode } from '@parley/kernel';
import { declaredGrants } from '@parley/kernel/lockfile';
import type { Entry } from './compose.ts';
import type { CompositionManager } from './manager-api.ts';
import { createIsSecret, hideSecrets } from './secret-settings.ts';
import { isPlainObject, settingPaths } from './settings-patch.ts';

const FAILURES = { load: 'it can not be loaded: ', grants: '', settings: '', seal: '' } as const;

/** Layer of each value that is set: the highest that sets it. */
function originsOf({ layers }: Entry): Record<string, Origin> {
  const origins: Record<string, Origin> = {};
  for (const { origin, settings } of layers) {
    for (const path of settingPaths(settings)) origins[path.join('.')] = origin;
  }
  return origins;
}

const NOTHING: PermissionsView = { network: [], declares: [], hooks: [], secrets: [], capabilities: [], storage: [] };

const permissionsOf = (manifest: PluginManifest): PermissionsView => {
  const { network, secrets, hooks, capabilities } = declaredGrants(manifest);
  return {
    network: [...network],
    secrets: [...secrets],
    hooks: [...hooks],
    capabilities: [...capabilities],
    declares: [...manifest.permissions.declares],
    storage: manifest.storage.map(({ name }) => name),
  };
};

type Source = Pick<CompositionManager, 'loader' | 'installed' | 'states'>;

/** What is known of a plugin without starting it; a reason when even that can not be read. */
async function describe({ use }: Entry, { loader, states }: Source): Promise<PluginManifest | string> {
  try {
    return await loader.manifest(use, states().get(use) ?? loader.stateOf(use));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Settings as they may be shown. Without a manifest nobody knows which of them are secret, so none is. */
function shownSettings(entry: Entry, manifest: PluginManifest | undefined): Record<string, unknown> {
  if (manifest === undefined || !isPlainObject(entry.settings)) return {};
  return hideSecrets(entry.settings, createIsSecret(manifest.secrets, entry.secrets)) as Record<string, unknown>;
}

/** One entry of the composition as it may be shown to who manages it. */
export async function viewEntry(entry: Entry, node: PluginNode | undefined, source: Source): Promise<PluginEntryView> {
  const { id, use, failure, isEnabled, changed, isolation, grants } = entry;
  const described = await describe(entry, source);
  const manifest = typeof described === 'string' ? undefined : described;
  const reason =
    failure === undefined
      ? (node?.reason ?? (manifest ? undefined : String(described)))
      : FAILURES[failure.kind] + failure.reason;
  const report = manifest !== undefined && source.installed.has(use) ? source.installed.report(use) : undefined;
  return {
    id,
    use,
    state: node?.state ?? (failure === undefined ? 'stopped' : 'invalid'),
    isEnabled,
    source: entry.source,
    isChanged: changed !== undefined,
    isFirstParty: entry.loaded?.isFirstParty ?? source.loader.kindOf(use) === 'shipped',
    isCritical: manifest?.critical ?? false,
    isolation,
    settings: shownSettings(entry, manifest),
    settingsOrigin: originsOf(entry),
    permissions: manifest === undefined ? NOTHING : permissionsOf(manifest),
    ...(manifest === undefined
      ? {}
      : { version: manifest.version, provides: manifest.provides.map(({ capability }) => capability) }),
    ...(reason === undefined ? {} : { reason }),
    ...(manifest?.configSchema === undefined ? {} : { settingsSchema: manifest.configSchema }),
    ...(grants === undefined ? {} : { grants: grants as NonNullable<PluginEntryView['grants']> }),
    ...(report === undefined ? {} : { report }),
  };
}

import type { Composition } from '../composition-api.ts';
import { parseSettings } from '../config/parse-settings.ts';
import type { AnyPlugin } from '../define-plugin.ts';
import type { KernelOptions } from '../kernel-api.ts';
import { manifestOf } from '../manifest/manifest.ts';
import type { PluginManifest } from '../manifest/manifest.ts';
import { resolve } from '../manifest/resolve.ts';
import type { Problem, Resolution } from '../manifest/resolve.ts';
import { createRecord } from './plugin-record.ts';
import type { PluginRecord } from './plugin-record.ts';

/** A composition worked out: its plugins, how they fit together, and everything wrong with them. */
export interface Composed {
  readonly composition: Composition;
  /** One for each plugin, in the order of the composition. */
  readonly records: readonly PluginRecord[];
  readonly resolution: Resolution;
  readonly problems: readonly Problem[];
  /** Permissions that its plugins declare. */
  readonly permissions: readonly string[];
}

const manifests = new WeakMap<AnyPlugin, Map<string, PluginManifest>>();

/** The manifest of a plugin, made once for each id it is used under. */
function manifestFor(plugin: AnyPlugin, id = plugin.id): PluginManifest {
  const known = manifests.get(plugin) ?? new Map<string, PluginManifest>();
  manifests.set(plugin, known);
  const manifest = known.get(id) ?? manifestOf(plugin, id);
  known.set(id, manifest);
  return manifest;
}

/** Checks everything that can be checked before any code of a plugin runs. Nothing is touched. */
export function compose(composition: Composition, options: Pick<KernelOptions, 'known' | 'configSource'>): Composed {
  const records = composition.plugins.map((use, position) =>
    createRecord(use, manifestFor(use.plugin, use.id), position),
  );
  const resolution = resolve({
    manifests: records.map(({ manifest }) => manifest),
    bindings: composition.bindings ?? {},
    known: (options.known ?? []).map((plugin) => manifestFor(plugin)),
  });
  const problems: Problem[] = [...resolution.problems];
  for (const record of records) {
    const parsed = parseSettings(record.use, record.manifest, options.configSource);
    record.settings = parsed.settings;
    record.level = resolution.levels.get(record.manifest.id) ?? 0;
    problems.push(...parsed.problems);
  }
  const permissions = [...new Set(records.flatMap(({ manifest }) => manifest.permissions.declares))];
  return { composition, records, resolution, problems, permissions };
}

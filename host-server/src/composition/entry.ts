import type { Isolation, Origin } from '@parley/contracts';
import type { Grants } from '@parley/kernel';
import type { ConfigFile } from '@parley/kernel/config';
import { mergeSettings } from './settings-patch.ts';

/** Grants as they came from a file or a change, where an absent field may also be undefined. */
type LooseGrants = { readonly [Field in keyof Grants]: Grants[Field] | undefined };

/** Grants without fields that say nothing. */
export const toGrants = (given: LooseGrants): Grants =>
  Object.fromEntries(Object.entries(given).filter(([, allowed]) => allowed !== undefined));

/** What the defaults or the config file say of one plugin. */
export interface LayerEntry {
  readonly use: string;
  readonly id?: string;
  readonly isEnabled: boolean;
  readonly settings?: unknown;
  readonly grants?: Grants;
  readonly isolation?: Isolation;
  readonly startTimeoutMs?: number;
  /** Paths of settings that hold a secret, whatever the schema says. */
  readonly secrets?: readonly (readonly PropertyKey[])[];
}

/** What defaults and config file say of one plugin, each layer kept for itself. */
export interface BaseEntry extends LayerEntry {
  readonly source: Exclude<Origin, 'admin'>;
  /** Settings of each layer, the lowest first. */
  readonly layers: readonly { readonly origin: Origin; readonly settings: unknown }[];
}

/** The entries of a config file. */
export const fileEntries = (file: ConfigFile): LayerEntry[] =>
  (file.plugins ?? []).map(({ use, id, enabled, config, grants, isolation, startup }) => ({
    use,
    isEnabled: enabled,
    secrets: file.secretsOf(id ?? use),
    ...(id === undefined ? {} : { id }),
    ...(config === undefined ? {} : { settings: config }),
    ...(grants === undefined ? {} : { grants: toGrants(grants) }),
    ...(isolation === undefined ? {} : { isolation }),
    ...(startup?.timeout === undefined ? {} : { startTimeoutMs: startup.timeout }),
  }));

const nameOf = ({ id, use }: LayerEntry): string => id ?? use;

const toBase = (entry: LayerEntry, source: BaseEntry['source']): BaseEntry => ({
  ...entry,
  source,
  layers: entry.settings === undefined ? [] : [{ origin: source, settings: entry.settings }],
});

/**
 * The default entries with those of the file over them: one of the same plugin changes it and keeps what it does not
 * name, any other comes after them.
 */
export function mergeLayers(defaults: readonly LayerEntry[], given: readonly LayerEntry[]): readonly BaseEntry[] {
  const merged = new Map(defaults.map((entry) => [nameOf(entry), toBase(entry, 'default')]));
  for (const entry of given) {
    const below = merged.get(nameOf(entry));
    const above = toBase(entry, 'file');
    if (below === undefined) {
      merged.set(nameOf(entry), above);
      continue;
    }
    const settings = mergeSettings(below.settings, entry.settings);
    merged.set(nameOf(entry), {
      ...below,
      ...entry,
      source: below.source,
      layers: [...below.layers, ...above.layers],
      ...(settings === undefined ? {} : { settings }),
    });
  }
  return [...merged.values()];
}

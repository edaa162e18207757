import type { KernelGraphView, PluginEntryView, ProviderStatus } from '@parley/contracts';
import type { JsonSchema } from '@parley/ui/schema-form';

const MODEL_PROVIDER = 'model-provider';

/** A provider that runs, and the plugin it is. */
export interface RunningProvider {
  readonly status: ProviderStatus;
  readonly entry: PluginEntryView | undefined;
}

/** The providers by what is to be done about them. */
export interface ProviderRows {
  /** The demo comes last. */
  readonly running: readonly RunningProvider[];
  /** Turned on, and yet not there. */
  readonly failed: readonly PluginEntryView[];
  /** Plugins from which a provider can be made, by the title of their first one; each `use` once. */
  readonly kinds: readonly PluginEntryView[];
}

const providesModels = ({ provides = [] }: PluginEntryView): boolean => provides.includes(MODEL_PROVIDER);

const schemaOf = ({ settingsSchema = {} }: PluginEntryView): JsonSchema => settingsSchema;

/** Whether a plugin can run several times, each under a key of its own. */
const isKind = (entry: PluginEntryView): boolean =>
  providesModels(entry) && Object.hasOwn(schemaOf(entry).properties ?? {}, 'key');

/** Name of a provider plugin for people: the title it has before anybody gives it another. */
export function kindTitle(entry: PluginEntryView): string {
  const title = schemaOf(entry).properties?.['title']?.default;
  return typeof title === 'string' ? title : entry.use;
}

/** Puts together what providers say, which plugins there are, and which of them provides what. */
export function providerRows(
  statuses: readonly ProviderStatus[],
  entries: readonly PluginEntryView[],
  nodes: KernelGraphView['plugins'],
): ProviderRows {
  const pluginOf = new Map(
    nodes.flatMap(({ id, provides }) =>
      provides.flatMap(({ capability, key }) => (capability === MODEL_PROVIDER ? [[key, id] as const] : [])),
    ),
  );
  const all = statuses.map((status) => ({ status, entry: entries.find(({ id }) => id === pluginOf.get(status.key)) }));
  // One that has no key of its own to choose makes its models of those of others.
  const running = all
    .filter(({ status, entry }) => status.demo || entry === undefined || isKind(entry))
    .toSorted((one, other) => Number(one.status.demo) - Number(other.status.demo));
  const shown = new Set(all.map(({ entry }) => entry?.id));
  const candidates = entries.filter(providesModels);
  const kinds = new Map<string, PluginEntryView>();
  // The one whose id is its own name stands for its kind.
  for (const entry of candidates.filter(isKind))
    if (!kinds.has(entry.use) || entry.id === entry.use) kinds.set(entry.use, entry);
  return {
    running,
    failed: candidates.filter(({ id, isEnabled }) => isEnabled && !shown.has(id)),
    kinds: [...kinds.values()].toSorted((one, other) => kindTitle(one).localeCompare(kindTitle(other))),
  };
}

/** A key made of a name that none of `taken` is: `acme-2`. Letters, digits and hyphens, at most 40. */
export function freeKey(name: string, taken: ReadonlySet<string>): string {
  const base =
    name
      .normalize('NFKD')
      .toLowerCase()
      .replaceAll(/\p{M}/gu, '')
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 36) || 'provider';
  if (!taken.has(base)) return base;
  for (let number = 2; ; number += 1) if (!taken.has(`${base}-${number}`)) return `${base}-${number}`;
}

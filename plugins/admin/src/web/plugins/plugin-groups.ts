import type { PluginEntryView } from '@parley/contracts';
import { needsSomebody } from '../state/state-words.ts';

/** Which plugins are shown. */
export type Show = 'all' | 'running' | 'off' | 'trouble';

/** What the list is searched by. */
export interface PluginFilter {
  readonly show: Show;
  readonly query: string;
}

/** Plugins under one heading. */
export interface PluginGroup {
  readonly id: 'trouble' | 'own' | 'added' | 'off';
  readonly plugins: readonly PluginEntryView[];
}

const isTrouble = ({ isEnabled, state }: PluginEntryView): boolean => isEnabled && needsSomebody(state);

const SHOWN: Readonly<Record<Show, (plugin: PluginEntryView) => boolean>> = {
  all: () => true,
  running: ({ isEnabled }) => isEnabled,
  off: ({ isEnabled }) => !isEnabled,
  trouble: isTrouble,
};

/** The plugins that a filter lets through. */
export function filterPlugins(
  plugins: readonly PluginEntryView[],
  { show, query }: PluginFilter,
): readonly PluginEntryView[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return plugins.filter((plugin) => {
    const text = `${plugin.id} ${plugin.title ?? ''} ${plugin.use} ${plugin.state}`.toLowerCase();
    return SHOWN[show](plugin) && words.every((word) => text.includes(word));
  });
}

function groupOf(plugin: PluginEntryView): PluginGroup['id'] {
  if (isTrouble(plugin)) return 'trouble';
  if (!plugin.isEnabled) return 'off';
  return plugin.isFirstParty ? 'own' : 'added';
}

const ORDER: readonly PluginGroup['id'][] = ['trouble', 'added', 'own', 'off'];

/** Plugins by what is to be done about them: those in trouble first, those that are off last. */
export function groupPlugins(plugins: readonly PluginEntryView[]): readonly PluginGroup[] {
  const byName = (a: PluginEntryView, b: PluginEntryView) => (a.title ?? a.id).localeCompare(b.title ?? b.id);
  return ORDER.map((id) => ({
    id,
    plugins: plugins.filter((plugin) => groupOf(plugin) === id).toSorted(byName),
  })).filter((group) => group.plugins.length > 0);
}

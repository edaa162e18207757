import type { PluginNodeView } from '@parley/contracts';

/** One thing that two plugins share: who, and by which capability. */
export interface Wire {
  readonly pluginId: string;
  readonly capability: string;
  readonly need: PluginNodeView['requires'][number]['need'];
}

/** What one plugin needs and who needs it. */
export interface Wires {
  readonly needs: readonly Wire[];
  readonly usedBy: readonly Wire[];
}

/** The wires of one plugin. */
export function wiresOf(plugins: readonly PluginNodeView[], id: string): Wires {
  const wiresFrom = (plugin: PluginNodeView): readonly Wire[] =>
    plugin.requires.flatMap(({ capability, need, providers }) =>
      providers.map((pluginId) => ({ pluginId, capability, need })),
    );
  return {
    needs: plugins.filter((plugin) => plugin.id === id).flatMap(wiresFrom),
    usedBy: plugins.flatMap((plugin) =>
      wiresFrom(plugin)
        .filter(({ pluginId }) => pluginId === id)
        .map((wire) => ({ ...wire, pluginId: plugin.id })),
    ),
  };
}

/** Plugins by start level, the ground first. */
export function levelsOf(plugins: readonly PluginNodeView[]): readonly (readonly PluginNodeView[])[] {
  const byLevel = Map.groupBy(plugins, ({ level }) => level);
  return [...byLevel.entries()]
    .toSorted(([one], [other]) => one - other)
    .map(([, members]) => members.toSorted((a, b) => a.id.localeCompare(b.id)));
}

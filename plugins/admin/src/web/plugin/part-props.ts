import type { PluginEntryView, PluginNodeView } from '@parley/contracts';

/** What every part of the page receives. */
export interface PartProps {
  readonly plugin: PluginEntryView;
  /** Absent while nothing of the plugin runs. */
  readonly node: PluginNodeView | undefined;
}

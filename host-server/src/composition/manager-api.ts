import type { Change, HistoryEntry } from '@parley/contracts';
import type { Applied, Composition, ConfigSource, Kernel, Plan } from '@parley/kernel';
import type { Entry } from './compose.ts';
import type { InstalledPlugins } from './installed-plugins.ts';
import type { PluginLoader } from './load-plugin.ts';

/** Changes asked for, a version to go back to, or the config file as it is now. */
export type Wish = { readonly changes: readonly Change[] } | { readonly to: number } | { readonly file: true };

/** Who asks for changes. */
export interface Author {
  /** The user's id, `operator` for the command line, `file` for the watch over the config file. */
  readonly by: string;
  readonly via: 'api' | 'socket' | 'file';
}

/** What a wish comes to, before it is fulfilled. */
export interface PlannedChange {
  readonly id: string;
  readonly plan: Plan;
  readonly problems: readonly string[];
}

/** Holds the composition: defaults, config file and the changes made while serving. */
export interface CompositionManager {
  /** Where settings come from, as it is now. */
  readonly source: ConfigSource;
  readonly loader: PluginLoader;
  readonly installed: InstalledPlugins;
  /** What the host starts with. @throws KERNEL_INVALID, HOST_BAD_CONFIG, HOST_PLUGIN_NOT_FOUND */
  first(): Promise<Composition>;
  /** The kernel that changes are applied to from now on. */
  serve(kernel: Kernel): void;
  entries(): readonly Entry[];
  /** Number of the present version. */
  version(): number;
  /** Names the config file requires. */
  required(): readonly string[];
  /** The state of code in use, by `use`. */
  states(): ReadonlyMap<string, string>;
  /** @throws KERNEL_ENTRY_NOT_FOUND, KERNEL_ENTRY_FIXED, KERNEL_CHANGE_REFUSED, KERNEL_VERSION_NOT_FOUND */
  plan(wish: Wish, author: Author): Promise<PlannedChange>;
  /** @throws as `plan`, KERNEL_PLAN_OUTDATED, KERNEL_APPLY_FAILED; then nothing has changed */
  apply(wish: Wish, author: Author, planId?: string): Promise<{ readonly applied: Applied; readonly version: number }>;
  /** Takes the config file over as it is now; one that can not be read or applied changes nothing and is told. */
  readFileAgain(): Promise<void>;
  history(): readonly HistoryEntry[];
  /** What is not as it should be, in words for an operator. */
  problems(): readonly string[];
}

import type { ManifestContribution, ManifestPlugin, UiManifest } from '@parley/contracts';
import type { WebHost } from '../host/web-host.ts';
import type { WebPlugin } from './define-web-plugin.ts';

/** Where web sides come from: the shell's own build, or a federated remote. */
export interface WebPluginSource {
  /** @throws when the module can't be had */
  load(plugin: ManifestPlugin): Promise<WebPlugin>;
}

/** How far the web side of a plugin has come. */
export type WebPluginState =
  | { readonly status: 'loading'; readonly loaded: Promise<void> }
  | { readonly status: 'ready'; readonly plugin: WebPlugin; readonly host: WebHost }
  | { readonly status: 'failed'; readonly error: Error };

/** What the registry needs. */
export interface WebPluginsOptions {
  readonly manifest: UiManifest;
  readonly source: WebPluginSource;
  /** The host as one plugin sees it, and how to undo what the plugin set on it. */
  readonly hostFor: (pluginId: string) => { readonly host: WebHost; readonly stop: () => void };
  /** Wait before the one retry, milliseconds; 400 without one. */
  readonly retryDelayMs?: number;
}

/** The web sides of this page: what the manifest lists, and the modules that were loaded. */
export interface WebPlugins {
  /** Contributions to a slot in their order: `order`, then plugin id, then id. The same array until the manifest changes. */
  contributions(slotId: string): readonly ManifestContribution[];
  /** Loads a plugin's module and starts it, once. A failed load is tried once more, then again after `retry`. */
  load(pluginId: string): WebPluginState;
  retry(pluginId: string): void;
  /** Takes up a new manifest: plugins that are gone are stopped. */
  update(manifest: UiManifest): void;
  readonly subscribe: (listener: () => void) => () => void;
}

const NOTHING: readonly ManifestContribution[] = [];

/** The registry of slots and web plugins; it never runs code that the manifest does not list. */
export function createWebPlugins(options: WebPluginsOptions): WebPlugins {
  const { source, hostFor, retryDelayMs = 400 } = options;
  const states = new Map<string, WebPluginState>();
  const undo = new Map<string, () => void>();
  const listeners = new Set<() => void>();
  let manifest = index(options.manifest);

  const set = (pluginId: string, state: WebPluginState) => {
    states.set(pluginId, state);
    for (const listener of listeners) listener();
  };
  const loadTwice = async (plugin: ManifestPlugin): Promise<WebPlugin> => {
    try {
      return await source.load(plugin);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, retryDelayMs));
      return source.load(plugin);
    }
  };
  const open = async (pluginId: string): Promise<void> => {
    const scope = hostFor(pluginId);
    try {
      const listed = manifest.plugins.get(pluginId);
      if (!listed) throw new Error(`Plugin ${pluginId} has no web side in the manifest; is it enabled?`);
      const plugin = await loadTwice(listed);
      if (!manifest.plugins.has(pluginId)) return;
      const stop = plugin.start?.(scope.host);
      undo.set(pluginId, () => {
        stop?.();
        scope.stop();
      });
      set(pluginId, { status: 'ready', plugin, host: scope.host });
    } catch (error) {
      scope.stop();
      set(pluginId, { status: 'failed', error: error instanceof Error ? error : new Error(String(error)) });
    }
  };
  const load = (pluginId: string): WebPluginState => {
    const known = states.get(pluginId);
    if (known) return known;
    // Opened after this state is known, since opening may end at once.
    const state: WebPluginState = { status: 'loading', loaded: Promise.resolve().then(() => open(pluginId)) };
    states.set(pluginId, state);
    return state;
  };
  const stop = (pluginId: string) => {
    states.delete(pluginId);
    undo.get(pluginId)?.();
    undo.delete(pluginId);
  };
  return {
    contributions: (slotId) => manifest.bySlot.get(slotId) ?? NOTHING,
    load,
    retry(pluginId) {
      if (states.get(pluginId)?.status !== 'failed') return;
      states.delete(pluginId);
      set(pluginId, load(pluginId));
    },
    update(next) {
      manifest = index(next);
      for (const pluginId of states.keys()) if (!manifest.plugins.has(pluginId)) stop(pluginId);
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const byPlace = (a: ManifestContribution, b: ManifestContribution): number =>
  a.order - b.order || compare(a.pluginId, b.pluginId) || compare(a.id, b.id);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function index(manifest: UiManifest) {
  const plugins = new Map(manifest.plugins.map((plugin) => [plugin.id, plugin]));
  const listed = manifest.contributions.filter(({ pluginId }) => plugins.has(pluginId)).toSorted(byPlace);
  return { plugins, bySlot: Map.groupBy(listed, ({ slot }) => slot) };
}

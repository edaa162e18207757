import type { ManifestContribution, ManifestPlugin, UiManifest } from '@parley/contracts';
import type { WebHost } from '../host/web-host.ts';
import { messages } from '../messages.ts';
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
  /** Called after a plugin's web side was stopped, to forget what the page has read for it. */
  readonly onStopped?: (plugin: ManifestPlugin) => void;
  /** Called for each failure of a web side, once. */
  readonly onFailure?: (failure: WebFailure) => void;
  /** Wait before the one retry, milliseconds; 400 without one. */
  readonly retryDelayMs?: number;
}

/** A web side that failed in this page. */
export interface WebFailure {
  readonly pluginId: string;
  /** Slot and contribution, when one of them failed. */
  readonly place?: string;
  readonly error: unknown;
  /** Whether it was the last one: the web side is stopped. */
  readonly isStopped: boolean;
}

/** The web sides of this page: what the manifest lists, and the modules that were loaded. */
export interface WebPlugins {
  /** Contributions to a slot in their order: `order`, then plugin id, then id. The same array until the manifest changes. */
  contributions(slotId: string): readonly ManifestContribution[];
  /** Loads a plugin's module and starts it, once. A failed load is tried once more, then again after `retry`. */
  load(pluginId: string): WebPluginState;
  retry(pluginId: string): void;
  /** Notes that a contribution threw. The third failure of a plugin stops its web side until `retry` or another build. */
  failed(contribution: ManifestContribution, error: unknown): void;
  /** Counts the lives of a plugin's web side: what it drew belongs to one of them. */
  life(pluginId: string): number;
  /** Takes up a new manifest: web sides that are gone or come from another build are stopped. */
  update(manifest: UiManifest): void;
  readonly subscribe: (listener: () => void) => () => void;
}

const MAX_FAILURES = 3;
const NOTHING: readonly ManifestContribution[] = [];

/** The registry of slots and web plugins; it never runs code that the manifest does not list. */
export const createWebPlugins = (options: WebPluginsOptions): WebPlugins => new WebPluginRegistry(options);

class WebPluginRegistry implements WebPlugins {
  readonly #options: WebPluginsOptions;
  readonly #states = new Map<string, WebPluginState>();
  readonly #undo = new Map<string, () => void>();
  readonly #listeners = new Set<() => void>();
  readonly #lives = new Map<string, number>();
  readonly #failures = new Map<string, Set<unknown>>();
  #manifest: ReturnType<typeof index>;

  constructor(options: WebPluginsOptions) {
    this.#options = options;
    this.#manifest = index(options.manifest);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  contributions(slotId: string): readonly ManifestContribution[] {
    return this.#manifest.bySlot.get(slotId) ?? NOTHING;
  }

  load(pluginId: string): WebPluginState {
    const known = this.#states.get(pluginId);
    if (known) return known;
    // Opened after this state is known, since opening may end at once.
    const state: WebPluginState = { status: 'loading', loaded: Promise.resolve().then(() => this.#open(pluginId)) };
    this.#states.set(pluginId, state);
    return state;
  }

  life(pluginId: string): number {
    return this.#lives.get(pluginId) ?? 0;
  }

  failed({ pluginId, slot, id }: ManifestContribution, error: unknown): void {
    // A module that did not load is thrown by each of its contributions.
    const seen = this.#failures.get(pluginId) ?? new Set();
    if (seen.has(error) || seen.size >= MAX_FAILURES) return;
    this.#failures.set(pluginId, seen.add(error));
    const isStopped = seen.size === MAX_FAILURES;
    this.#options.onFailure?.({ pluginId, place: `${slot}/${id}`, error, isStopped });
    if (!isStopped) return;
    this.#stop(pluginId);
    this.#states.set(pluginId, { status: 'failed', error: new Error(messages.pluginStopped(pluginId, MAX_FAILURES)) });
    this.#tell();
  }

  retry(pluginId: string): void {
    if (this.#states.get(pluginId)?.status !== 'failed') return;
    if ((this.#failures.get(pluginId)?.size ?? 0) >= MAX_FAILURES) this.#failures.delete(pluginId);
    this.#states.delete(pluginId);
    this.load(pluginId);
    this.#tell();
  }

  update(manifest: UiManifest): void {
    const before = this.#manifest.plugins;
    this.#manifest = index(manifest);
    for (const pluginId of Array.from(this.#states.keys())) {
      if (isSameBuild(before.get(pluginId), this.#manifest.plugins.get(pluginId))) continue;
      this.#failures.delete(pluginId);
      this.#stop(pluginId, before.get(pluginId));
    }
    this.#tell();
  }

  async #open(pluginId: string): Promise<void> {
    const { host, stop } = this.#options.hostFor(pluginId);
    const life = this.life(pluginId);
    try {
      const listed = this.#manifest.plugins.get(pluginId);
      if (!listed) throw new Error(`Plugin ${pluginId} has no web side in the manifest; is it enabled?`);
      const plugin = await this.#loadTwice(listed);
      // Meanwhile it may have gone, or come in another build.
      if (life !== this.life(pluginId)) return stop();
      const undo = plugin.start?.(host);
      this.#undo.set(pluginId, () => {
        undo?.();
        stop();
      });
      this.#states.set(pluginId, { status: 'ready', plugin, host });
    } catch (error) {
      stop();
      if (life !== this.life(pluginId)) return;
      this.#states.set(pluginId, {
        status: 'failed',
        error: error instanceof Error ? error : new Error(String(error)),
      });
    }
    this.#tell();
  }

  async #loadTwice(plugin: ManifestPlugin): Promise<WebPlugin> {
    const { source, retryDelayMs = 400 } = this.#options;
    try {
      return await source.load(plugin);
    } catch (first) {
      await new Promise((resolve) => setTimeout(resolve, retryDelayMs));
      // What a second try meets may be the remains of the first: its reason is the one that explains.
      return source.load(plugin).catch(() => {
        throw first;
      });
    }
  }

  #stop(pluginId: string, plugin = this.#manifest.plugins.get(pluginId)): void {
    this.#states.delete(pluginId);
    this.#lives.set(pluginId, this.life(pluginId) + 1);
    const undo = this.#undo.get(pluginId);
    this.#undo.delete(pluginId);
    try {
      undo?.();
    } catch (error) {
      this.#options.onFailure?.({ pluginId, error, isStopped: true });
    }
    if (plugin) this.#options.onStopped?.(plugin);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

const isSameBuild = (left: ManifestPlugin | undefined, right: ManifestPlugin | undefined): boolean =>
  left?.version === right?.version && left?.remote === right?.remote && left?.entry === right?.entry;

const byPlace = (a: ManifestContribution, b: ManifestContribution): number =>
  a.order - b.order || compare(a.pluginId, b.pluginId) || compare(a.id, b.id);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function index(manifest: UiManifest) {
  const plugins = new Map(manifest.plugins.map((plugin) => [plugin.id, plugin]));
  const listed = manifest.contributions.filter(({ pluginId }) => plugins.has(pluginId)).toSorted(byPlace);
  return { plugins, bySlot: Map.groupBy(listed, ({ slot }) => slot) };
}

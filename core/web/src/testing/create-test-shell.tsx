import type { ManifestContribution, User } from '@parley/contracts';
import type { ReactNode } from 'react';
import { createHost, type HostRuntime } from '../host/create-host.ts';
import { HostProvider } from '../host/host-provider.tsx';
import type { WebPlugin } from '../plugin/define-web-plugin.ts';
import type { WebPluginSource } from '../plugin/web-plugins.ts';
import type { SessionChannel } from '../session/session-channel.ts';

/** What the page of a test holds. */
export interface TestShellOptions {
  /** Web sides by plugin; what they fill is what the manifest lists. */
  readonly plugins?: readonly WebPlugin[];
  /** Instead of one entry per component of `plugins`. */
  readonly contributions?: readonly Partial<ManifestContribution>[];
  /** Instead of handing out `plugins`. */
  readonly source?: WebPluginSource;
  /** Who is signed in; nobody without one. */
  readonly user?: User;
  /** The server. */
  readonly fetch?: typeof fetch;
  /** Receives what is toasted. */
  readonly toast?: HostRuntime['host']['toast'];
}

/** A page without a browser's shell, to draw a plugin's components in. */
export interface TestShell {
  readonly runtime: HostRuntime;
  /** The wrapper for `render` of the testing library. */
  readonly Shell: (props: { readonly children: ReactNode }) => ReactNode;
}

/**
 * The host as a plugin's components see it, with a server of the test's making.
 * @example const { Shell } = createTestShell({ plugins: [notes], user, fetch }); render(<Slot of={threadPanel} … />, { wrapper: Shell });
 */
export function createTestShell(options: TestShellOptions = {}): TestShell {
  const plugins = options.plugins ?? [];
  const contributions = (options.contributions ?? plugins.flatMap(entriesOf)).map(complete);
  const ids = new Set([...plugins, ...contributions.map(({ pluginId }) => ({ id: pluginId }))].map(({ id }) => id));
  const runtime = createHost({
    config: { name: 'Parley', version: '0.0.0', plugins: {} },
    manifest: { plugins: [...ids].map((id) => ({ id, version: '0.0.0' })), contributions },
    source: options.source ?? { load: async ({ id }) => find(plugins, id) },
    toast: options.toast ?? (() => undefined),
    navigate: () => undefined,
    onError: (error) => {
      throw error;
    },
    channel: createLoneChannel(),
    ...(options.fetch ? { fetch: options.fetch } : {}),
  });
  if (options.user) runtime.session.signedIn(options.user);
  return { runtime, Shell: ({ children }) => <HostProvider runtime={runtime}>{children}</HostProvider> };
}

/** The channel of a browser with one tab, which remembers nothing. */
export const createLoneChannel = (): SessionChannel => ({
  send: () => undefined,
  onMessage: () => undefined,
  exclusive: (work) => work(),
  keep: () => undefined,
  hadSession: () => false,
  renewed: () => undefined,
  renewedAt: () => 0,
});

const entriesOf = (plugin: WebPlugin): Partial<ManifestContribution>[] =>
  Object.entries(plugin.slots ?? {}).flatMap(([slot, components]) =>
    Object.keys(components).map((id) => ({ slot, pluginId: plugin.id, id })),
  );

const complete = (entry: Partial<ManifestContribution>): ManifestContribution => ({
  slot: 'test',
  pluginId: 'test',
  id: 'test',
  order: 500,
  ...entry,
});

function find(plugins: readonly WebPlugin[], id: string): WebPlugin {
  const plugin = plugins.find((each) => each.id === id);
  if (!plugin) throw new Error(`The test has no plugin ${id}`);
  return plugin;
}

import type { Client, ClientConfig, Contract, Operations, UiManifest } from '@parley/contracts';
import { hostContract, newId } from '@parley/contracts';
import { onlineManager, type QueryClient } from '@tanstack/react-query';
import { createStore } from 'jotai';
import { createClient } from '../client/index.ts';
import { createEventHub, type EventHub } from '../events/event-hub.ts';
import { createWebPlugins, type WebFailure, type WebPlugins, type WebPluginSource } from '../plugin/web-plugins.ts';
import { type ContractAccess, createQueries } from '../queries/create-queries.ts';
import { createBrowserChannel, type SessionChannel } from '../session/session-channel.ts';
import { SessionStore } from '../session/session-store.ts';
import { type Announcer, createAnnouncer } from './announcer.tsx';
import { createAtoms, userIdAtom } from './preference-atoms.ts';
import { createQueryClient } from './query-client.ts';
import { createSavingWatch, savingAtom } from './saving.ts';
import type { WebHost } from './web-host.ts';

/** What the shell brings. */
export interface HostOptions extends Pick<WebHost, 'toast' | 'navigate'> {
  readonly config: ClientConfig;
  readonly manifest: UiManifest;
  readonly source: WebPluginSource;
  readonly onError: (error: unknown) => void;
  readonly fetch?: typeof fetch;
  readonly channel?: SessionChannel;
}

/** The running web side: the host as plugins see it, and what only the shell touches. */
export interface HostRuntime {
  /** The shell's own view of the host. */
  readonly host: WebHost;
  readonly plugins: WebPlugins;
  readonly session: SessionStore;
  readonly events: EventHub;
  readonly announcer: Announcer;
  readonly queryClient: QueryClient;
  /** UI state of this tab. */
  readonly store: ReturnType<typeof createStore>;
}

/** The id under which the shell itself keeps atoms. */
const SHELL = 'shell';

/** Builds the web side of one tab; nothing is loaded yet. */
export function createHost(options: HostOptions): HostRuntime {
  const session = new SessionStore(options.channel ?? createBrowserChannel());
  const queryClient = createQueryClient();
  const announcer = createAnnouncer();
  const events = createEventHub(options.onError);
  const store = createStore();
  const atoms = createAtoms();
  session.subscribe(() => store.set(userIdAtom, session.state.user?.id ?? 'anonymous'));
  const contract = createContracts({
    onUnauthorized: () => session.renew(),
    onProblem: createSavingWatch({ set: (saving) => store.set(savingAtom, saving), fetch: options.fetch }),
    ...(options.fetch ? { fetch: options.fetch } : {}),
  });

  const scoped = (pluginId: string): { host: WebHost; stop: () => void } => {
    const undo: (() => void)[] = [];
    const keep = (stop: () => void) => {
      undo.push(stop);
      return stop;
    };
    const host: WebHost = {
      config: options.config,
      queryClient,
      session: scopeSession(session, keep),
      get connection() {
        return onlineManager.isOnline() ? 'online' : 'offline';
      },
      contract,
      onEvent: (topic, handler) => keep(events.on(topic, handler)),
      toast: options.toast,
      announce: announcer.announce,
      navigate: options.navigate,
      newId,
      atom: (key, initial, { scope = 'tab' } = {}) => atoms(`${pluginId}.${key}`, initial, scope),
    };
    return { host, stop: () => undo.toReversed().forEach((stop) => stop()) };
  };

  const { manifest, source } = options;
  const plugins = createWebPlugins({
    manifest,
    source,
    hostFor: scoped,
    onStopped: ({ id, contracts = [id] }) => forgetQueries(queryClient, new Set(contracts)),
    onFailure: (failure) => reportFailure(contract(hostContract).client, session, failure),
  });
  return { host: scoped(SHELL).host, plugins, session, events, announcer, queryClient, store };
}

function createContracts(client: Parameters<typeof createClient>[1]): WebHost['contract'] {
  const known = new Map<string, unknown>();
  return <O extends Operations>(contract: Contract<O>): ContractAccess<O> => {
    const key = `${contract.id}@${contract.version}`;
    const found = known.get(key) as ContractAccess<O> | undefined;
    if (found) return found;
    const calls = createClient(contract, client);
    const access = { client: calls, queries: createQueries(contract, calls) };
    known.set(key, access);
    return access;
  };
}

/** Ends what is being read for a plugin's contracts, and forgets it once its components are gone. */
function forgetQueries(queryClient: QueryClient, contracts: ReadonlySet<unknown>): void {
  const predicate = ({ queryKey }: { readonly queryKey: readonly unknown[] }) => contracts.has(queryKey[0]);
  void queryClient.cancelQueries({ predicate });
  setTimeout(() => {
    queryClient.removeQueries({ predicate, type: 'inactive' });
    void queryClient.invalidateQueries({ predicate });
  }, 0);
}

/** Tells the server, as far as there is somebody signed in and a server to tell. */
function reportFailure(
  client: Client<typeof hostContract.operations>,
  session: SessionStore,
  { pluginId, place, error, isStopped }: WebFailure,
): void {
  if (session.state.status !== 'signed-in') return;
  const message = (error instanceof Error ? error.message : String(error)).slice(0, 1_000);
  client
    .reportPageError({ pluginId, message, isStopped, ...(place === undefined ? {} : { place }) })
    .catch(() => undefined);
}

/** The session as a plugin sees it: an adapter it sets goes when the plugin goes. */
const scopeSession = (session: SessionStore, keep: (stop: () => void) => () => void): WebHost['session'] => ({
  get state() {
    return session.state;
  },
  subscribe: session.subscribe,
  use: (adapter) => keep(session.use(adapter)),
  signedIn: (user) => session.signedIn(user),
  update: (user) => session.update(user),
  renew: () => session.renew(),
  signOut: () => session.signOut(),
});

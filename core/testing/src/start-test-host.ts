import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AnyPlugin, Clock, Host, PluginUse } from '@parley/kernel';
import { loadHost } from './load-host.ts';
import { createSession } from './test-session.ts';
import type { TestSession } from './test-session.ts';
import { signUp } from './sign-up.ts';
import type { TestUser } from './sign-up.ts';

/** One line of the host's log. */
export type LogEntry = Readonly<Record<string, unknown>> & {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly plugin: string;
  readonly message: string;
};

/** What a test host is made of. */
export interface TestHostOptions {
  /**
   * Everything the composition holds, storage included: core knows no plugins, so there is no default. A bare
   * definition counts as first-party.
   */
  readonly plugins: readonly (AnyPlugin | PluginUse)[];
  /** Settings of bare definitions, by plugin id. */
  readonly config?: Readonly<Record<string, unknown>>;
  readonly webDir?: string;
  /** Kept at `stop`, for tests that start again on the same data; a new temporary folder without one. */
  readonly dataDir?: string;
  readonly bindings?: Readonly<Record<string, string>>;
  readonly publicUrl?: string;
  /** Time as the plugins see it; the machine's without one. */
  readonly clock?: Clock;
}

/** A running host with everything a test asks it. Itself a browser that nobody has signed in with. */
export interface TestHost extends TestSession, AsyncDisposable {
  readonly url: string;
  readonly kernel: Host['kernel'];
  /** All log lines so far, `debug` included. */
  readonly logs: readonly LogEntry[];
  /** Another browser. */
  session(): TestSession;
  /** Signs somebody up, where the composition has `auth-local`. Shape: `Ada` gets the address `ada@example.org`. */
  user(name: string): Promise<TestUser>;
  /** The same through the setup link of the first start: the administrator. */
  admin(name: string): Promise<TestUser>;
  /** Stops at once, without time for running work. Resolves with the labels of what could not be undone. */
  stop(): Promise<readonly string[]>;
}

/** Real kernel, real HTTP on a free port, replies checked against their schemas, log kept instead of printed. */
export async function startTestHost(options: TestHostOptions): Promise<TestHost> {
  const { plugins, config = {}, dataDir, ...rest } = options;
  const hostModule = await loadHost();
  const folder = dataDir ?? (await mkdtemp(join(tmpdir(), 'parley-test-')));
  const removeData = async () => {
    if (dataDir === undefined) await rm(folder, { recursive: true, force: true });
  };
  const logs: LogEntry[] = [];
  let host: Host;
  try {
    host = await hostModule.startHost({
      ...rest,
      plugins: plugins.map((plugin) => toUse(plugin, config)),
      dataDir: folder,
      strictOutput: true,
      logLevel: 'debug',
      logSink: (line) => logs.push(JSON.parse(line) as LogEntry),
    });
  } catch (error) {
    await removeData();
    throw error;
  }
  const stop = async () => {
    const leftovers = await host.stop({ deadlineMs: 0 });
    await removeData();
    return leftovers;
  };
  const { url, kernel } = host;
  return {
    url,
    kernel,
    logs,
    ...createSession(url),
    session: () => createSession(url),
    user: (name) => signUp(createSession(url), name),
    admin: (name) => signUp(createSession(url), name, { kernel, url }),
    stop,
    [Symbol.asyncDispose]: async () => void (await stop()),
  };
}

function toUse(plugin: AnyPlugin | PluginUse, config: Readonly<Record<string, unknown>>): PluginUse {
  if ('plugin' in plugin) return plugin;
  return { plugin, firstParty: true, ...(plugin.id in config ? { config: config[plugin.id] } : {}) };
}

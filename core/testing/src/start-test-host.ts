import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AnyPlugin, Clock, Host, PluginUse } from '@parley/kernel';
import { loadHost } from './load-host.ts';
import type { HostDoor } from './load-host.ts';
import type { Script } from './script.ts';
import { scriptedModel } from './scripted-model.ts';
import type { ScriptedModel } from './scripted-model.ts';
import { createPeople } from './test-people.ts';
import type { TestPerson } from './test-people.ts';
import { createTestPlugins } from './test-plugins.ts';
import type { TestPlugin } from './test-plugins.ts';
import { createSession } from './test-session.ts';
import type { TestSession } from './test-session.ts';
import { withTestStorage } from './test-storage.ts';

/** One line of the host's log. */
export type LogEntry = Readonly<Record<string, unknown>> & {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly plugin: string;
  readonly message: string;
};

/** What a test host is made of. */
export interface TestHostOptions {
  /**
   * Everything the composition holds, storage included, unless `shipped` brings the rest. A bare definition counts as
   * first-party.
   */
  readonly plugins: readonly (AnyPlugin | PluginUse)[];
  /** Adds the plugins a server has without a config file; those of `plugins` with the same id take their place. */
  readonly shipped?: boolean;
  /** Adds a model that answers everything with this script: what people talk to when they name no model. */
  readonly model?: Script;
  /** Settings of bare definitions, by plugin id. */
  readonly config?: Readonly<Record<string, unknown>>;
  readonly webDir?: string;
  /** Kept at `stop`, for tests that start again on the same data; a new temporary folder without one. */
  readonly dataDir?: string;
  readonly bindings?: Readonly<Record<string, string>>;
  /** Config file over the plugins that are given, by its absolute path; it is watched. */
  readonly configFile?: string;
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
  /** The scripted model of `options.model`. @throws without one */
  readonly model: ScriptedModel;
  /** Another browser. */
  session(): TestSession;
  /**
   * Somebody by name, signed up when first named, where the composition has `auth-local`. Shape: `Ada` gets the address
   * `ada@example.org`.
   * @example await host.user('ada').chat('hi').expectText('Hello world');
   */
  user(name: string): TestPerson;
  /** The same through the setup link of the first start: the administrator. */
  admin(name: string): TestPerson;
  /**
   * One plugin, to be disabled, enabled and configured while the host runs. @throws naming the plugins there are
   * @example await host.plugin('notes').disable();
   */
  plugin(id: string): TestPlugin;
  /**
   * Checks that plugins which no longer run have left nothing: no tap, route, contribution, lease or effect. What drains
   * has a second and a half. @throws with everything that is left
   */
  expectNoLeaks(): Promise<void>;
  /** Stops, at once unless running work is given time. Resolves with the labels of what could not be undone. */
  stop(options?: { readonly deadlineMs: number }): Promise<readonly string[]>;
}

/** Real kernel, real HTTP on a free port, replies checked against their schemas, log kept instead of printed. */
export async function startTestHost(options: TestHostOptions): Promise<TestHost> {
  const { plugins, shipped = false, model: words, config = {}, dataDir, ...rest } = options;
  const hostModule = await loadHost();
  const folder = dataDir ?? (await mkdtemp(join(tmpdir(), 'parley-test-')));
  const model = words && scriptedModel({ always: words, ...(rest.clock ? { clock: rest.clock } : {}) });
  const given = [...plugins, ...(model ? [model.plugin] : [])].map((plugin) => toUse(plugin, config));
  const removeData = async () => {
    if (dataDir === undefined) await rm(folder, { recursive: true, force: true });
  };
  const logs: LogEntry[] = [];
  let host: Host;
  try {
    host = await hostModule.startHost({
      ...rest,
      plugins: await withTestStorage(hostModule, shipped ? await addShipped(hostModule, given) : given, folder),
      dataDir: folder,
      strictOutput: true,
      logLevel: 'debug',
      logSink: (line) => logs.push(JSON.parse(line) as LogEntry),
    });
  } catch (error) {
    await removeData();
    throw error;
  }
  const stop = async (stopOptions = { deadlineMs: 0 }) => {
    const leftovers = await host.stop(stopOptions);
    await removeData();
    return leftovers;
  };
  const { url, kernel } = host;
  const needModel = (): ScriptedModel => {
    if (model) return model;
    throw new Error('This host has no scripted model; start it with { model: script`Hello` } or name a model');
  };
  const operated = createTestPlugins(kernel);
  const people = createPeople({ kernel, url, model: () => needModel().modelId });
  return {
    url,
    kernel,
    logs,
    get model() {
      return needModel();
    },
    ...createSession(url),
    session: () => createSession(url),
    user: people.person,
    admin: people.administrator,
    plugin: operated.find,
    expectNoLeaks: operated.expectNoLeaks,
    stop,
    [Symbol.asyncDispose]: async () => void (await stop()),
  };
}

function toUse(plugin: AnyPlugin | PluginUse, config: Readonly<Record<string, unknown>>): PluginUse {
  if ('plugin' in plugin) return plugin;
  return { plugin, firstParty: true, ...(plugin.id in config ? { config: config[plugin.id] } : {}) };
}

/** What a server has without a config file, in front of what is given. */
async function addShipped(hostModule: HostDoor, given: readonly PluginUse[]): Promise<readonly PluginUse[]> {
  const ids = new Set(given.map(({ id, plugin }) => id ?? plugin.id));
  const plugins = await hostModule.shippedPlugins();
  return [...plugins.filter(({ id, plugin }) => !ids.has(id ?? plugin.id)), ...given];
}

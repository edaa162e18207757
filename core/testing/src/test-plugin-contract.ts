import { AsyncLocalStorage } from 'node:async_hooks';
import type { AnyPlugin, PluginNode, PluginUse } from '@parley/kernel';
import { checkStatic } from './check-static.ts';
import { pluginRemains, settle } from './plugin-remains.ts';
import type { Script } from './script.ts';
import { startTestHost } from './start-test-host.ts';
import type { TestHost } from './start-test-host.ts';
import { watchResources } from './watch-resources.ts';

/** How a plugin is put through its life. */
export interface PluginContractOptions {
  /** What it needs to start, storage included, unless `shipped` brings it. */
  readonly plugins?: readonly (AnyPlugin | PluginUse)[];
  /** Adds the plugins a server has without a config file. */
  readonly shipped?: boolean;
  /** Adds a model that answers everything with this script. */
  readonly model?: Script;
  /** Settings by plugin id. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Uses everything the plugin offers, so that it opens what it opens in earnest. */
  readonly exercise?: (host: TestHost) => Promise<void>;
}

/**
 * Puts a plugin through its life: its static part is data, it becomes ready, answers as its contract says, and leaves
 * nothing behind: no timer, listener, socket, tap, route, lease or effect.
 * @throws an error that lists everything that is not so
 */
export async function testPluginContract(plugin: AnyPlugin, options: PluginContractOptions = {}): Promise<void> {
  const { plugins = [], exercise, ...rest } = options;
  const problems = checkStatic(plugin);
  // Another host in this process, and the client of its database, go on meanwhile.
  const life = new AsyncLocalStorage<true>();
  const watch = watchResources(() => life.getStore() === true);
  try {
    await life.run(true, async () => {
      const host = await startTestHost({ ...rest, plugins: [...plugins, plugin] });
      try {
        problems.push(...notReady(host, plugin.id));
        await exercise?.(host);
      } finally {
        const leftovers = await host.stop();
        problems.push(...leftovers.map((label) => `could not be undone: ${label}`));
      }
      problems.push(...errorsOf(host), ...pluginRemains(host.kernel, plugin.id));
    });
    problems.push(...(await settle(() => watch.open())));
  } finally {
    watch.stop();
  }
  if (problems.length > 0) {
    throw new Error(`Plugin ${plugin.id} does not keep the contract of a plugin:\n  - ${problems.join('\n  - ')}`);
  }
}

const nodeOf = (host: TestHost, id: string): PluginNode | undefined =>
  host.kernel.graph().plugins.find((node) => node.id === id);

function notReady(host: TestHost, id: string): string[] {
  const node = nodeOf(host, id);
  return node?.state === 'ready' ? [] : [`is ${node?.state ?? 'unknown'}, not ready: ${node?.reason ?? 'no reason'}`];
}

/** A reply that does not fit its schema is among these: the test host is strict. */
const errorsOf = ({ logs }: TestHost): string[] =>
  logs
    .filter(({ level }) => level === 'error')
    .map(({ plugin, message, error }) => `error in the log of ${plugin}: ${message} ${JSON.stringify(error ?? '')}`);

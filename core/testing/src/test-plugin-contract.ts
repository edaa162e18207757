import type { AnyPlugin, PluginNode, PluginUse } from '@parley/kernel';
import { checkStatic } from './check-static.ts';
import { startTestHost } from './start-test-host.ts';
import type { TestHost } from './start-test-host.ts';
import { watchResources } from './watch-resources.ts';
import type { ResourceWatch } from './watch-resources.ts';

/** How a plugin is put through its life. */
export interface PluginContractOptions {
  /** What it needs to start, storage included. */
  readonly plugins?: readonly (AnyPlugin | PluginUse)[];
  /** Settings by plugin id. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Uses everything the plugin offers, so that it opens what it opens in earnest. */
  readonly exercise?: (host: TestHost) => Promise<void>;
}

const SETTLE_MS = 1_500;
const POLL_MS = 20;

/**
 * Puts a plugin through its life: its static part is data, it becomes ready, answers as its contract says, and leaves
 * nothing behind: no timer, listener, socket, tap, route, lease or effect.
 * @throws an error that lists everything that is not so
 */
export async function testPluginContract(plugin: AnyPlugin, options: PluginContractOptions = {}): Promise<void> {
  const { plugins = [], config = {}, exercise } = options;
  const problems = checkStatic(plugin);
  const watch = watchResources();
  try {
    const host = await startTestHost({ plugins: [...plugins, plugin], config });
    try {
      problems.push(...notReady(host, plugin.id));
      await exercise?.(host);
    } finally {
      const leftovers = await host.stop();
      problems.push(...leftovers.map((label) => `could not be undone: ${label}`));
    }
    problems.push(...errorsOf(host), ...remainders(host, plugin.id), ...(await openResources(watch)));
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

function remainders(host: TestHost, id: string): string[] {
  const { kernel } = host;
  const node = nodeOf(host, id);
  const taps = kernel.graph().hooks.filter((hook) => hook.taps.some(({ pluginId }) => pluginId === id));
  return [
    ...(node?.effects ?? []).map((label) => `effect left: ${label}`),
    ...(node?.routes ?? []).map((route) => `route left: ${route}`),
    ...(node?.provides ?? [])
      .filter(({ leases }) => leases > 0)
      .map(({ capability, key, leases }) => `${leases} leases left on ${capability} ${key}`),
    ...taps.map((hook) => `tap left on ${hook.id}`),
    ...(kernel.contracts().some(({ pluginId }) => pluginId === id) ? ['contract left'] : []),
    ...(kernel.contributions().some(({ pluginId }) => pluginId === id) ? ['contribution to the page left'] : []),
  ];
}

/** Sockets need a moment to close; what is still there after a second and a half stays. */
async function openResources(watch: ResourceWatch): Promise<readonly string[]> {
  const untilMs = performance.now() + SETTLE_MS;
  for (;;) {
    const open = watch.open();
    if (open.length === 0 || performance.now() > untilMs) return open;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

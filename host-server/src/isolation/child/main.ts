// The process of one isolated plugin: `main.ts <door>`, a pipe to its host as file descriptor 3.
import { Socket } from 'node:net';
import type { AnyPlugin, Logger } from '@parley/kernel';
import { isolationErrors } from '../isolation-errors.ts';
import type { ProvisionFacts, StartMessage } from '../start-message.ts';
import { connectPeer, WIRE_LIMITS } from '../wire/peer.ts';
import { createContext } from './create-context.ts';
import { describePlugin, parseSettings } from './describe.ts';
import { createHostClient } from './host-client.ts';
import { createRemoteDependencies } from './remote-dependencies.ts';
import type { RemoteDependencies } from './remote-dependencies.ts';
import { createRemoteExchange } from './remote-exchange.ts';
import { toLogFields } from './log-fields.ts';

const PIPE = 3;
const door = process.argv[2] ?? '';
let id = door;
let offsetMs = 0;
let dependencies: RemoteDependencies | undefined;
const stopping = new AbortController();

const loadPlugin = async (): Promise<AnyPlugin> => {
  const loaded = (await import(door)) as { readonly default?: Partial<AnyPlugin> };
  if (typeof loaded.default?.setup !== 'function') throw new Error('its server door has no plugin as default export');
  return loaded.default as AnyPlugin;
};

/** The machine's clock unless the host's plugins see another time. */
const setClock = (nowMs: number) => {
  const offset = nowMs - Date.now();
  offsetMs = Math.abs(offset) < 1_000 ? 0 : offset;
};

/** What the host may ask of this process. */
const root = {
  async describe(config: unknown) {
    const plugin = await loadPlugin();
    return { description: JSON.stringify(describePlugin(plugin)), settings: parseSettings(plugin, config) };
  },
  async setup(start: StartMessage): Promise<void> {
    ({ id } = start);
    setClock(start.nowMs);
    const plugin = await loadPlugin();
    if (JSON.stringify(describePlugin(plugin)) !== start.description) throw isolationErrors.CHANGED({ plugin: id });
    const remote = createRemoteDependencies(plugin, start.dependencies, host, report);
    dependencies = remote;
    const now = () => Date.now() + offsetMs;
    const parts = { plugin, start, host, log, signal: stopping.signal, now, dependencies: () => remote };
    await (plugin as { setup(ctx: unknown, deps: unknown): unknown }).setup(createContext(parts), remote.values);
    await host.settle();
  },
  stopping: (reason: unknown) => stopping.abort(reason),
  changed: (name: string, provisions: readonly ProvisionFacts[]) => dependencies?.changed(name, provisions),
  ping(nowMs: number): number {
    setClock(nowMs);
    return process.memoryUsage.rss();
  },
  leave: () => process.exit(0),
};

const peer = connectPeer({
  pipe: new Socket({ fd: PIPE, readable: true, writable: true }),
  root,
  side: 'child',
  limits: WIRE_LIMITS,
  onClose: () => process.exit(0),
  closeError: () => new Error('The host has gone'),
  onStray: (error) => report(error),
  exchangeOf: (facts) => createRemoteExchange(id, facts),
});
const write = (level: keyof Logger) => (message: string, fields?: Readonly<Record<string, unknown>>) =>
  peer.tell('log', level, message, toLogFields(fields));
const log: Logger = { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
const report = (error: unknown): void => log.error('Something failed that nobody waited for', { error });
const host = createHostClient(peer, report);
process.on('unhandledRejection', report);

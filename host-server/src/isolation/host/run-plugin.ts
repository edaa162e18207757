import type { LiveRef } from '@parley/contracts';
import type { AnyPlugin, PluginContext } from '@parley/kernel';
import type { HostApi } from '../host-api.ts';
import { isolationErrors } from '../isolation-errors.ts';
import type { ChildLimits } from '../limits.ts';
import type { StartMessage } from '../start-message.ts';
import { dependencyFacts, provisionFacts } from './dependency-facts.ts';
import { grantedSettings, readDenied } from './granted-settings.ts';
import { createLeases } from './leases.ts';
import { createLogGate } from './log-gate.ts';
import { createRecords } from './records.ts';
import { createRegistrations } from './registrations.ts';
import { sendFetch } from './send-fetch.ts';
import { createSlots } from './slots.ts';
import type { Child } from './spawn-child.ts';
import { createSupervisor } from './supervisor.ts';
import type { Supervisor } from './supervisor.ts';

/** One generation of an isolated plugin. */
export interface PluginRun {
  readonly plugin: Omit<AnyPlugin, 'setup'>;
  /** What the child must find its code to be. */
  readonly description: string;
  readonly ctx: PluginContext<unknown>;
  readonly dependencies: Readonly<Record<string, unknown>>;
  readonly limits: ChildLimits;
  readonly keySeed: Uint8Array;
  readonly strictOutput: boolean;
  readonly spawn: (ctx: PluginContext<unknown>) => Child;
  readonly onGiveUp: (reason: string) => void;
}

const LEVELS = new Set(['debug', 'info', 'warn', 'error']);

/** `work`, unless it takes longer than its limit. */
async function within<T>(work: PromiseLike<T>, timeoutMs: number, late: () => Error): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(late()), timeoutMs);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Runs a plugin in a child and mirrors what it registers, until the generation ends. The first setup has the limit of
 * any setup; that of a later child has its own.
 */
export async function runPlugin(run: PluginRun, started: (supervisor: Supervisor) => void): Promise<void> {
  const { plugin, ctx, dependencies, limits } = run;
  const requires = plugin.requires ?? {};
  const log = createLogGate(ctx.log, limits.maxLogLines);
  const slots = createSlots(() => supervisor.down());
  const registrations = createRegistrations(plugin, ctx, slots);
  let release = (): void => undefined;

  const apiFor = (): HostApi => {
    const leases = createLeases({ ctx, requires, dependencies });
    release = () => leases.releaseAll();
    return {
      ...registrations.api,
      ...createRecords(ctx, plugin.entities ?? [], limits.transactionMs),
      ...leases,
      denied: (path) => readDenied(ctx.config, path),
      log: (level, text, fields) => {
        if (LEVELS.has(level)) log[level](text, fields as Readonly<Record<string, unknown>> | undefined);
      },
      fetch: (request, signal) => sendFetch(ctx.fetch, request, signal),
    };
  };
  const { settings: config, denied } = grantedSettings(ctx.config);
  const startMessage = (): StartMessage => ({
    id: ctx.id,
    description: run.description,
    config,
    denied,
    system: ctx.system,
    keySeed: run.keySeed,
    nowMs: ctx.clock.now(),
    strictOutput: run.strictOutput,
    dependencies: dependencyFacts(requires, dependencies),
  });
  let isFirst = true;
  const launch = async (announce: (child: Child) => void) => {
    const child = run.spawn(ctx);
    Object.assign(child.root, apiFor());
    registrations.restart();
    announce(child);
    const setup = child.peer.call('setup', startMessage());
    const late = () => isolationErrors.DOOR_FAILED({ door: ctx.id, reason: `no setup within ${limits.startMs} ms` });
    await (isFirst ? setup : within(setup, limits.startMs, late));
    isFirst = false;
  };
  const supervisor = createSupervisor({
    pluginId: ctx.id,
    limits,
    log,
    now: () => ctx.clock.now(),
    launch,
    onDown: () => {
      slots.clear();
      release();
    },
    onGiveUp: run.onGiveUp,
  });
  ctx.effect(() => () => supervisor.stop(), 'process');
  ctx.signal.addEventListener('abort', () => supervisor.child()?.peer.tell('stopping', ctx.signal.reason), {
    once: true,
  });
  await supervisor.start();
  started(supervisor);
  ctx.health('process', async () => {
    if (supervisor.child() === undefined) throw supervisor.down();
    return 'ok';
  });
  for (const [name, entry] of Object.entries(requires)) {
    if (!('need' in entry) || entry.need !== 'live') continue;
    const ref = dependencies[name] as LiveRef<unknown>;
    ref.onChange(() => supervisor.child()?.peer.tell('changed', name, provisionFacts(ref)));
  }
}

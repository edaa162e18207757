import type { Logger, ProcessNode } from '@parley/kernel';
import { isolationErrors } from '../isolation-errors.ts';
import type { ChildLimits } from '../limits.ts';
import type { Child } from './spawn-child.ts';
import { watchChild } from './watch-child.ts';
import type { ChildWatch } from './watch-child.ts';

const MAX_BACKOFF_MS = 60_000;

/** Keeps one plugin running in a child: starts it again when it ends, and gives up when that happens too often. */
export interface Supervisor {
  /** Starts the first child. @throws what its setup throws */
  start(): Promise<void>;
  /** The child that runs now. */
  child(): Child | undefined;
  /** Why nobody answers. */
  down(): Error;
  facts(): ProcessNode | undefined;
  stop(): Promise<void>;
}

/** What a supervisor needs. */
export interface SupervisorOptions {
  readonly pluginId: string;
  readonly limits: ChildLimits;
  readonly log: Logger;
  readonly now: () => number;
  /** Starts a child and its plugin; `announce` hands the child over before the plugin runs. */
  readonly launch: (announce: (child: Child) => void) => Promise<void>;
  /** The child has ended; what it had registered leads nowhere. */
  readonly onDown: () => void;
  /** It has crashed too often and stays down. */
  readonly onGiveUp: (reason: string) => void;
  /** 0 to 1; spreads restarts. */
  readonly random?: () => number;
}

const message = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export function createSupervisor(options: SupervisorOptions): Supervisor {
  const { pluginId, limits, log, onDown, onGiveUp, random = Math.random } = options;
  let current: Child | undefined;
  let watch: ChildWatch | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  /** A first setup that fails is told to whoever started it, and is not tried again. */
  let hasRun = false;
  let reason = 'it has not started';
  let restarts = 0;
  let crashes: number[] = [];

  const restart = async () => {
    restarts += 1;
    try {
      await launch();
      log.info('The process of the plugin runs again', { restarts });
    } catch (error) {
      log.warn('The plugin did not start again', { error });
      current?.kill(message(error));
    }
  };
  const crashed = (why: string) => {
    const at = performance.now();
    crashes = [...crashes.filter((each) => at - each < limits.crashWindowMs), at];
    if (crashes.length >= limits.maxCrashes) {
      reason = `${why}; after ${crashes.length} crashes it is not started again`;
      log.error('The process of the plugin ended too often', { reason });
      return onGiveUp(reason);
    }
    const pauseMs = Math.min(MAX_BACKOFF_MS, limits.backoffMs * 2 ** (crashes.length - 1)) * (0.75 + random() / 2);
    log.warn('The process of the plugin has ended and is started again', { reason: why, inMs: Math.round(pauseMs) });
    timer = setTimeout(() => void restart(), pauseMs);
    return undefined;
  };
  const mourn = async (child: Child) => {
    const why = await child.ended;
    if (current !== child) return;
    watch?.stop();
    current = undefined;
    reason = why;
    onDown();
    if (!isStopped && hasRun) crashed(why);
  };
  const adopt = (child: Child) => {
    current = child;
    watch = watchChild(child, limits, options.now);
    void mourn(child);
    if (isStopped) child.kill('the plugin has stopped');
  };
  const launch = async () => {
    await options.launch(adopt);
    hasRun = true;
    watch?.up();
  };
  const running = () => (current?.peer.isClosed === false ? current : undefined);
  return {
    start: launch,
    child: running,
    down: () => isolationErrors.PLUGIN_CRASHED({ plugin: pluginId, reason }),
    facts() {
      const child = running();
      return child && { pid: child.pid, rssBytes: watch?.residentBytes() ?? 0, restarts };
    },
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      watch?.stop();
      await current?.leave();
    },
  };
}

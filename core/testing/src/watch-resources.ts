import { createHook } from 'node:async_hooks';

/** What keeps a process running, as Node names it; promises and requests end by themselves. */
const WATCHED = new Set([
  'Timeout',
  'TCPSERVERWRAP',
  'TCPWRAP',
  'PIPESERVERWRAP',
  'PIPEWRAP',
  'UDPWRAP',
  'PROCESSWRAP',
  'FSEVENTWRAP',
  'STATWATCHER',
  'SIGNALWRAP',
  'WORKER',
]);

interface Resource {
  hasRef?(): boolean;
  /** Set on timers that were cleared or have fired. */
  readonly _destroyed?: boolean;
}

/** The timers, sockets, servers and child processes that were made while it watched. */
export interface ResourceWatch {
  /** Those that still keep the process running, each with the place that made it. */
  open(): readonly string[];
  /** How many timers wait now, those included that let the process end, by the place that made them. */
  timers(): Readonly<Record<string, number>>;
  stop(): void;
}

/**
 * Watches by identity, so that what ends elsewhere in the process meanwhile can not hide what is left here. `isOurs` is asked
 * where something is made; without it, all counts.
 */
export function watchResources(isOurs: () => boolean = () => true): ResourceWatch {
  const made = new Map<number, { readonly type: string; readonly resource: Resource; readonly place: string }>();
  const hook = createHook({
    trackPromises: false,
    init(id, type, _trigger, resource: Resource) {
      if (WATCHED.has(type) && isOurs()) made.set(id, { type, resource, place: placeOf(new Error(type)) });
    },
    destroy: (id) => void made.delete(id),
  }).enable();
  return {
    open: () =>
      [...made.values()]
        .filter(({ resource }) => resource._destroyed !== true && resource.hasRef?.() !== false)
        .map(({ type, place }) => `${type} left, made ${place}`),
    timers() {
      const waiting = [...made.values()].filter(({ type, resource }) => type === 'Timeout' && !resource._destroyed);
      const places = Map.groupBy(waiting, ({ place }) => place);
      return Object.fromEntries([...places].map(([place, all]) => [place, all.length]));
    },
    stop: () => void hook.disable(),
  };
}

/** The first line of a stack that is neither Node's nor this file's. */
const placeOf = ({ stack = '' }: Error): string =>
  stack
    .split('\n')
    .slice(1)
    .map((line) => line.trim())
    .find((line) => !line.includes('node:') && !line.includes('watch-resources')) ?? 'by Node itself';

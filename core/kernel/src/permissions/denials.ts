import type { AuditEvent } from '@parley/contracts';
import type { Logger } from '../plugin-context.ts';

const KEPT = 200;
const SILENCE_MS = 60_000;

/** Something a plugin tried and may not do. */
export type Denial = Omit<Extract<AuditEvent, { kind: 'denied' }>, 'kind'>;

/** All denials since the start: how many, and the last ones. */
export interface Denials {
  note(denial: Omit<Denial, 'atMs'>): void;
  count(pluginId: string): number;
  /** The last 200, the oldest first. */
  recent(): readonly Denial[];
}

/**
 * An empty account of denials. Each is counted and kept; `tell` and the log hear of the same one at most once a minute, so
 * that a plugin that tries again and again drowns nothing, not even itself when it listens.
 */
export function createDenials(options: {
  readonly now: () => number;
  readonly log: (pluginId: string) => Logger;
  readonly tell: (event: AuditEvent) => void;
}): Denials {
  const { now, log, tell } = options;
  const counts = new Map<string, number>();
  const kept: Denial[] = [];
  const told = new Map<string, number>();

  const isNews = ({ pluginId, permission, what, atMs }: Denial): boolean => {
    const name = JSON.stringify([pluginId, permission, what]);
    const last = told.get(name);
    if (last !== undefined && atMs - last < SILENCE_MS) return false;
    told.delete(name);
    told.set(name, atMs);
    const [oldest] = told.keys();
    if (told.size > KEPT && oldest !== undefined) told.delete(oldest);
    return true;
  };

  return {
    note(given) {
      const denial: Denial = { ...given, atMs: now() };
      const { pluginId, permission, what, message } = denial;
      counts.set(pluginId, (counts.get(pluginId) ?? 0) + 1);
      kept.push(denial);
      if (kept.length > KEPT) kept.shift();
      if (!isNews(denial)) return;
      log(pluginId).warn(message, { permission, what });
      tell({ kind: 'denied', ...denial });
    },
    count: (pluginId) => counts.get(pluginId) ?? 0,
    recent: () => [...kept],
  };
}

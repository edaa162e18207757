import type { PageError } from '@parley/contracts';
import type { Log } from '../log/create-log.ts';

/** What pages reported of one plugin's web side. */
export interface PageErrorFigures {
  readonly errors: number;
  readonly stops: number;
  readonly lastError?: { readonly message: string; readonly atMs: number };
}

/** Failures of web sides in the pages of this server, since its start. */
export interface PageErrors {
  report(error: PageError, userId: string): void;
  of(pluginId: string): PageErrorFigures | undefined;
}

/** One page with a broken plugin must not fill the log. */
const MAX_LOGGED_PER_MINUTE = 20;
const MINUTE_MS = 60_000;

/** Counts all of them, and logs the first of each minute. */
export function createPageErrors(log: ReturnType<Log>, isKnown: (pluginId: string) => boolean): PageErrors {
  const figures = new Map<string, PageErrorFigures>();
  let minute = 0;
  let logged = 0;
  const isLogged = (atMs: number): boolean => {
    const current = Math.floor(atMs / MINUTE_MS);
    if (current !== minute) [minute, logged] = [current, 0];
    logged += 1;
    return logged <= MAX_LOGGED_PER_MINUTE;
  };
  return {
    of: (pluginId) => figures.get(pluginId),
    report({ pluginId, place, message, isStopped }, userId) {
      // What does not run here is a page's invention.
      if (!isKnown(pluginId)) return;
      const { errors, stops } = figures.get(pluginId) ?? { errors: 0, stops: 0 };
      const atMs = Date.now();
      figures.set(pluginId, {
        errors: errors + 1,
        stops: stops + (isStopped ? 1 : 0),
        lastError: { message: message.slice(0, 500), atMs },
      });
      if (isLogged(atMs)) {
        const text = isStopped ? 'its web side was stopped in a page' : 'its web side failed in a page';
        log.warn(text, { web: pluginId, place, reason: message.slice(0, 500), userId });
      }
    },
  };
}

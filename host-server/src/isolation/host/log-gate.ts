import type { Logger } from '@parley/kernel';

const WINDOW_MS = 10_000;
const MAX_TEXT = 4_096;

/** A log that takes at most `maxLines` in ten seconds and says how many it left out. */
export function createLogGate(log: Logger, maxLines: number): Logger {
  let untilMs = 0;
  let taken = 0;
  const mayPass = (): boolean => {
    const now = performance.now();
    if (now >= untilMs) {
      const left = taken - maxLines;
      untilMs = now + WINDOW_MS;
      taken = 0;
      if (left > 0) log.warn('The plugin wrote too much; lines were left out', { lines: left });
    }
    taken += 1;
    return taken <= maxLines;
  };
  const gate = (level: keyof Logger) => (message: string, fields?: Readonly<Record<string, unknown>>) => {
    if (mayPass()) log[level](message.slice(0, MAX_TEXT), fields);
  };
  return { debug: gate('debug'), info: gate('info'), warn: gate('warn'), error: gate('error') };
}

import type { HostOptions, Logger } from '@parley/kernel';
import { redact } from './redact.ts';
import { currentRequestId } from './request-scope.ts';

/** Loggers by plugin id; the host's own id is `host`. */
export type Log = (pluginId: string) => Logger;

type Level = 'debug' | 'info' | 'warn' | 'error';
const RANK = { debug: 0, info: 1, warn: 2, error: 3, silent: 4 };

/** Where lines go and from which level on. */
export interface LogOptions {
  readonly level: NonNullable<HostOptions['logLevel']>;
  /** Takes one line without its end. */
  readonly sink: (line: string) => void;
  /** Short lines for a person instead of JSON. */
  readonly pretty?: boolean;
  readonly now?: () => number;
}

/** Loggers that write one line per entry: time, level, plugin, message, request id and redacted fields. */
export function createLog({ level, sink, pretty = false, now = Date.now }: LogOptions): Log {
  const least = RANK[level];
  const format = pretty ? prettyLine : JSON.stringify;
  return (pluginId) => {
    const write = (of: Level) => (message: string, fields?: Readonly<Record<string, unknown>>) => {
      if (RANK[of] < least) return;
      const requestId = currentRequestId();
      sink(
        format({
          time: new Date(now()).toISOString(),
          level: of,
          plugin: pluginId,
          message,
          ...(requestId === undefined ? {} : { requestId }),
          ...(fields ? (redact(fields) as Record<string, unknown>) : {}),
        }),
      );
    };
    return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
  };
}

function prettyLine(entry: Readonly<Record<string, unknown>>): string {
  const { time, level, plugin, message, error, ...fields } = entry;
  const rest = Object.keys(fields).length > 0 ? ` ${JSON.stringify(fields)}` : '';
  return `${String(time).slice(11, 19)} ${String(level).padEnd(5)} ${String(plugin)}: ${String(message)}${rest}${prettyError(error)}`;
}

const prettyError = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'stack' in error ? `\n${String(error.stack)}` : '';

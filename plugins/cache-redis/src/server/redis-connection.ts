import type { EventEmitter } from 'node:events';
import { scripts } from './scripts.ts';
import type { ScriptedRedis } from './scripts.ts';

const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 3_000;

/** The wait before try number `times` to connect: it doubles up to 3 s, and differs by a fifth so that nodes do not come at once. */
export function retryDelayMs(times: number, random: () => number = Math.random): number {
  const delayMs = Math.min(FIRST_RETRY_MS * 2 ** Math.min(times - 1, 10), LONGEST_RETRY_MS);
  return Math.round(delayMs * (0.8 + 0.4 * random()));
}

/** What of a client makes its sockets. */
interface Connecting {
  readonly connector: { connect(emit: unknown): Promise<EventEmitter> };
}

/** The client listens for one error of a socket only; another one, as TLS may have, would end the process. */
function surviveErrors({ connector }: Connecting): void {
  const connect = connector.connect.bind(connector);
  connector.connect = async (emit) => {
    const socket = await connect(emit);
    return socket.on('error', () => undefined);
  };
}

/**
 * A connection that comes back by itself and keeps nothing for later: a command that can not be sent fails at once. It is
 * not open yet.
 */
export async function createConnection(url: string, name: string): Promise<ScriptedRedis> {
  const { Redis } = await import('ioredis');
  const connection = new Redis(url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    autoResubscribe: false,
    maxRetriesPerRequest: 0,
    enableAutoPipelining: true,
    connectionName: name,
    connectTimeout: 2_000,
    keepAlive: 10_000,
    retryStrategy: (times) => retryDelayMs(times),
    scripts,
  });
  surviveErrors(connection as unknown as Connecting);
  return connection as unknown as ScriptedRedis;
}

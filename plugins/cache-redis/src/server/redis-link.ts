import type { Logger } from '@parley/kernel';
import { createConnection } from './redis-connection.ts';
import type { ScriptedRedis } from './scripts.ts';

/** What a call gives when the server can not be used: its caller goes on alone. */
export const AWAY = Symbol('away');
export type Away = typeof AWAY;

/**
 * `ready`: everything works. `refusing`: the server answers and does not write, as a full or a read-only one does; messages
 * pass. `away`: it can not be reached or does not answer in time.
 */
export type LinkState = 'ready' | 'refusing' | 'away';

/** Why the server is not used, and since when. */
export interface Outage {
  readonly reason: string;
  /** Milliseconds since 1970. */
  readonly sinceMs: number;
}

/** What is needed of the server: that it writes, or only that it passes messages on. */
type Need = 'values' | 'messages';

export interface LinkOptions {
  readonly url: string;
  readonly keyPrefix: string;
  readonly commandTimeoutMs: number;
  readonly log: Pick<Logger, 'info' | 'warn'>;
  readonly now: () => number;
}

const BEAT_MS = 2_000;
const FIRST_TRY_MS = 200;
const LONGEST_TRY_MS = 5_000;
/** An outage this soon after the last one goes on where that one's waits were. */
const STEADY_MS = 10_000;

class TimedOut extends Error {}

/** Why, in words that anybody may read in `/health/ready`: without the address that stands in the message of a socket. */
function reasonOf(error: unknown): string {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  return typeof code === 'string' ? `it can not be reached (${code})` : String(message);
}
const isRefusal = (error: unknown): boolean => error instanceof Error && error.name === 'ReplyError';

/** Gives up waiting for `work` after `ms`; what comes of it later is dropped. */
export async function within<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimedOut(`it did not answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Both connections to one server, and whether it can be used: one for commands, one that listens. */
export class RedisLink {
  readonly commands: ScriptedRedis;
  readonly listening: ScriptedRedis;
  /** Runs when the server is back, before anybody uses it again; the server is not used while it throws. */
  onReturn: () => Promise<void> = async () => undefined;

  readonly #options: LinkOptions;
  readonly #beat: ReturnType<typeof setInterval>;
  #state: LinkState = 'away';
  #outage: Outage;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #tries = 0;
  #readySinceMs = 0;
  #isTrying = false;
  #hasEnded = false;
  /** Tells `open` that the first try is over. */
  #settled: () => void = () => undefined;

  private constructor(options: LinkOptions, commands: ScriptedRedis, listening: ScriptedRedis) {
    this.#options = options;
    this.#outage = { reason: 'it was not reached yet', sinceMs: options.now() };
    this.commands = commands;
    this.listening = listening;
    commands.on('ready', () => void this.#tryReturn());
    // A connection that was never open, or that this side closed, has told why already.
    commands.on('close', () => this.#state !== 'away' && this.#leave('away', 'the connection was closed'));
    commands.on('error', (error) => this.#leave('away', reasonOf(error)));
    // Its errors are those of the commands' connection, which tells them.
    listening.on('error', () => undefined);
    this.#beat = setInterval(() => void this.#feel(), BEAT_MS);
    this.#beat.unref();
  }

  /** Resolves when the server was reached, or the first try has failed: then it goes on trying. */
  static async open(options: LinkOptions): Promise<RedisLink> {
    const [commands, listening] = await Promise.all([
      createConnection(options.url, 'parley'),
      createConnection(options.url, 'parley-bus'),
    ]);
    const link = new RedisLink(options, commands, listening);
    const settled = new Promise<void>((resolve) => (link.#settled = resolve));
    for (const connection of [commands, listening]) connection.connect().catch(() => undefined);
    await within(settled, 2 * options.commandTimeoutMs).catch((error: unknown) => link.#leave('away', reasonOf(error)));
    return link;
  }

  get state(): LinkState {
    return this.#state;
  }

  /** `undefined` while everything works. */
  get outage(): Outage | undefined {
    return this.#state === 'ready' ? undefined : this.#outage;
  }

  /** Runs one command, or gives AWAY at once where it could not work or after the time limit. Never throws. */
  async run<T>(need: Need, command: (redis: ScriptedRedis) => Promise<T>): Promise<T | Away> {
    if (this.#state === 'away' || (this.#state === 'refusing' && need === 'values')) return AWAY;
    try {
      return await within(command(this.commands), this.#options.commandTimeoutMs);
    } catch (error) {
      this.#failed(error);
      return AWAY;
    }
  }

  async end(): Promise<void> {
    this.#hasEnded = true;
    clearInterval(this.#beat);
    clearTimeout(this.#retry);
    const connections = [this.commands, this.listening];
    const ended = connections.map(
      (connection) =>
        new Promise<void>((resolve) => {
          // Between two tries there is no socket whose end could be waited for.
          if (['end', 'reconnecting', 'wait'].includes(connection.status)) resolve();
          else connection.once('end', () => resolve());
        }),
    );
    for (const connection of connections) connection.disconnect();
    await Promise.all(ended);
  }

  #failed(error: unknown): void {
    this.#leave(isRefusal(error) ? 'refusing' : 'away', reasonOf(error));
    // What does not answer may never do so again: a connection through a network that drops everything stays open for long.
    if (error instanceof TimedOut) this.#reconnect();
  }

  #reconnect(): void {
    for (const connection of [this.commands, this.listening]) {
      if (['connect', 'ready'].includes(connection.status)) connection.disconnect(true);
    }
  }

  /** Notices a server that went away, or is full, while nobody asked it anything. */
  async #feel(): Promise<void> {
    const done = await this.run('values', () => this.#writeProbe());
    if (done === AWAY || this.listening.status !== 'ready') return;
    await within(this.listening.ping(), this.#options.commandTimeoutMs).catch((error: unknown) => {
      if (error instanceof TimedOut) this.listening.disconnect(true);
    });
  }

  #leave(state: Exclude<LinkState, 'ready'>, reason: string): void {
    if (this.#hasEnded) return;
    const nowMs = this.#options.now();
    const former = this.#state;
    this.#outage = { reason, sinceMs: former === 'ready' ? nowMs : this.#outage.sinceMs };
    this.#state = state;
    this.#settled();
    if (former === 'ready') {
      if (nowMs - this.#readySinceMs > STEADY_MS) this.#tries = 0;
      this.#options.log.warn('Redis can not be used; this node goes on alone until it can', { reason });
    }
    this.#tryLater();
  }

  #tryLater(): void {
    if (this.#retry !== undefined || this.#isTrying || this.#hasEnded) return;
    const delayMs = Math.min(FIRST_TRY_MS * 2 ** Math.min(this.#tries, 10), LONGEST_TRY_MS);
    this.#tries += 1;
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      void this.#tryReturn();
    }, delayMs);
    this.#retry.unref();
  }

  /** Takes the server back once it writes; tries again later otherwise. */
  async #tryReturn(): Promise<void> {
    if (this.#isTrying || this.#hasEnded || this.#state === 'ready') return;
    this.#isTrying = true;
    try {
      await this.#probe();
      this.#arrive();
    } catch (error) {
      this.#failed(error);
    } finally {
      this.#isTrying = false;
      if (this.outage !== undefined) this.#tryLater();
    }
  }

  async #probe(): Promise<void> {
    if (this.commands.status === 'connect') {
      // Connected, and its greeting is not answered.
      this.#reconnect();
      throw new Error('it takes connections and does not answer');
    }
    if (this.commands.status !== 'ready') throw new Error(this.#outage.reason);
    await within(this.#writeProbe(), this.#options.commandTimeoutMs);
    await this.onReturn();
  }

  async #writeProbe(): Promise<unknown> {
    return this.commands.set(`${this.#options.keyPrefix}probe`, '1', 'PX', 1_000);
  }

  #arrive(): void {
    const nowMs = this.#options.now();
    const { sinceMs } = this.#outage;
    this.#state = 'ready';
    this.#readySinceMs = nowMs;
    clearTimeout(this.#retry);
    this.#retry = undefined;
    this.#settled();
    this.#options.log.info('Redis is in use', { awayMs: nowMs - sinceMs });
  }
}

import type { Bus } from '@parley/contracts';
import type { UserEvent, UserEvents } from '@parley/plugin-events/contract';

/** Topic that a stream receives instead of the events that no longer fit its buffer: read everything again. */
const RESYNC = 'resync';

const busTopic = (userId: string): string => `events.user.${userId}`;
const EVERYBODY = 'events.everybody';

/** Rings tabs on every node. */
export const createUserEvents = (bus: Bus): UserEvents => ({
  publish: (userId, event) => bus.publish(busTopic(userId), JSON.stringify(event)),
  publishToAll: (event) => bus.publish(EVERYBODY, JSON.stringify(event)),
});

/**
 * The events of one user from now on, until `signal` aborts.
 * Shape: between two reads only the latest event of each record is kept; beyond `maxBuffered` records one `resync`
 * stands for all of them, so a reader that does not read costs a bounded amount.
 */
export function followUserEvents(options: {
  readonly bus: Bus;
  readonly userId: string;
  readonly signal: AbortSignal;
  readonly maxBuffered?: number;
}): AsyncIterable<UserEvent> {
  const { bus, userId, signal, maxBuffered = 200 } = options;
  const buffered = new Map<string, UserEvent>();
  let wake = (): void => undefined;
  const keep = (event: UserEvent): void => {
    const record = `${event.topic} ${event.id}`;
    buffered.delete(record);
    buffered.set(record, event);
  };
  const take = (message: string): void => {
    keep(JSON.parse(message) as UserEvent);
    if (buffered.size > maxBuffered) {
      buffered.clear();
      keep({ topic: RESYNC, id: userId });
    }
    wake();
  };
  const subscriptions = [bus.subscribe(busTopic(userId), take), bus.subscribe(EVERYBODY, take)];
  const unsubscribe = (): void => subscriptions.forEach((undo) => undo());
  const stop = (): void => {
    unsubscribe();
    wake();
  };
  signal.addEventListener('abort', stop, { once: true });

  async function* read(): AsyncGenerator<UserEvent> {
    try {
      while (!signal.aborted) {
        if (buffered.size === 0) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
          continue;
        }
        const batch = [...buffered.values()];
        buffered.clear();
        yield* batch;
      }
    } finally {
      signal.removeEventListener('abort', stop);
      unsubscribe();
    }
  }
  return read();
}

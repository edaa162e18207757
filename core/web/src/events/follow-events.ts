import type { OpenStream } from '../client/index.ts';
import { resumeStream } from '../client/index.ts';
import type { Connection, HostEvent } from '../host/web-host.ts';
import type { EventHub } from './event-hub.ts';

/** What following needs. */
export interface FollowOptions {
  readonly open: OpenStream<HostEvent>;
  readonly hub: EventHub;
  readonly signal: AbortSignal;
  readonly onConnection: (connection: Connection) => void;
  /** The stream is back after a gap: events may have been lost, so everything shown is read again. */
  readonly onGap: () => void;
  /** Waits before the next attempt; for tests. */
  readonly wait?: (delayMs: number, signal: AbortSignal) => Promise<void>;
}

/** Keeps the user's event stream open and hands its events to the hub, until `signal` aborts. */
export async function followEvents({ open, hub, signal, onConnection, onGap, wait }: FollowOptions): Promise<void> {
  let failures = 0;
  const events = resumeStream(open, {
    signal,
    onState(state) {
      if (state.state === 'open') {
        if (failures > 0) onGap();
        failures = 0;
        onConnection('online');
      }
      if (state.state === 'waiting') {
        failures = state.attempt;
        // One cut is a proxy closing an idle line; two in a row is no server.
        if (failures > 1) onConnection('offline');
      }
    },
    ...(wait ? { wait } : {}),
  });
  try {
    for await (const { event } of events) hub.emit(event);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

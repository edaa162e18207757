import type { Bus } from '@parley/contracts';
import type { Logger } from '@parley/kernel';
import type { Doorbell } from './doorbell.ts';
import type { LiveRun } from './live-run.ts';

const LOG_TOPIC = 'chat.log';

/** Rings the doorbells of runs on this node and, through the bus, on the others. */
export interface NodeNews {
  /** These runs have something new in their log. */
  announce(runs: readonly LiveRun[]): void;
  /** Rings for news of other nodes; returns its undo. */
  listen(): () => void;
}

/** News over the bus: one message in flight, whatever comes meanwhile goes with the next. */
export function createNodeNews(deps: {
  readonly bus: Bus;
  readonly bootId: string;
  readonly doorbell: Doorbell;
  readonly log: Pick<Logger, 'warn'>;
}): NodeNews {
  const { bus, bootId, doorbell, log } = deps;
  const waiting = new Set<string>();
  let isSending = false;

  const send = async (): Promise<void> => {
    isSending = true;
    while (waiting.size > 0) {
      const message = [bootId, ...waiting].join(',');
      waiting.clear();
      try {
        await bus.publish(LOG_TOPIC, message);
      } catch (error) {
        log.warn('Other nodes could not be told of new log entries; their readers look by themselves', { error });
      }
    }
    isSending = false;
  };

  return {
    announce(runs) {
      for (const run of runs) {
        doorbell.ring(run.id);
        waiting.add(run.id);
      }
      if (!isSending) void send();
    },
    listen: () =>
      bus.subscribe(LOG_TOPIC, (message) => {
        const [from, ...runIds] = message.split(',');
        if (from !== bootId) for (const runId of runIds) doorbell.ring(runId);
      }),
  };
}

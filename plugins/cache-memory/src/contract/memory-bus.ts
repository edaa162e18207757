import type { Bus } from '@parley/contracts';
import { checkText } from './check-arguments.ts';

/** A bus in this process. */
export interface MemoryBus extends Bus {
  /** Forgets every listener; messages under way are lost. */
  clear(): void;
}

type Listener = (message: string) => void;

/** A bus that calls listeners after the publisher's turn; what a listener throws goes to `onError` and to nobody else. */
export function createMemoryBus(options: { readonly onError: (error: unknown, topic: string) => void }): MemoryBus {
  // One object per subscription, so that a function subscribed twice is called, and undone, twice.
  const topics = new Map<string, Set<{ readonly listener: Listener }>>();

  const deliver = (topic: string, listener: Listener, message: string): void => {
    try {
      listener(message);
    } catch (error) {
      options.onError(error, topic);
    }
  };

  return {
    publish: async (rawTopic, rawMessage) => {
      const topic = rawTopic.toWellFormed();
      const message = checkText(rawMessage);
      for (const subscription of topics.get(topic) ?? []) {
        queueMicrotask(() => {
          if (topics.get(topic)?.has(subscription) === true) deliver(topic, subscription.listener, message);
        });
      }
    },
    subscribe: (rawTopic, listener) => {
      const topic = rawTopic.toWellFormed();
      const subscription = { listener };
      const subscriptions = topics.get(topic) ?? new Set();
      topics.set(topic, subscriptions.add(subscription));
      return () => {
        subscriptions.delete(subscription);
        if (subscriptions.size === 0 && topics.get(topic) === subscriptions) topics.delete(topic);
      };
    },
    clear: () => topics.clear(),
  };
}

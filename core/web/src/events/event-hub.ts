import type { HostEvent } from '../host/web-host.ts';

/** Handlers of the user's event stream by topic. */
export interface EventHub {
  on(topic: string, handler: (event: HostEvent) => void): () => void;
  emit(event: HostEvent): void;
}

/** Handlers by topic; one that throws does not keep the event from the others. */
export function createEventHub(onError: (error: unknown) => void): EventHub {
  const handlers = new Map<string, Set<(event: HostEvent) => void>>();
  return {
    on(topic, handler) {
      const set = handlers.get(topic) ?? new Set();
      handlers.set(topic, set.add(handler));
      return () => set.delete(handler);
    },
    emit(event) {
      for (const handler of handlers.get(event.topic) ?? []) {
        try {
          handler(event);
        } catch (error) {
          onError(error);
        }
      }
    },
  };
}

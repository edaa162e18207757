/** Wakes whoever waits for news of one run. A ring carries nothing: the waiter looks at the log. */
export interface Doorbell {
  ring(runId: string): void;
  /** Calls `listener` at each ring of the run; returns its undo. */
  listen(runId: string, listener: () => void): () => void;
}

/** A doorbell within this process. */
export function createDoorbell(): Doorbell {
  const listeners = new Map<string, Set<() => void>>();
  return {
    ring(runId) {
      for (const listener of listeners.get(runId) ?? []) listener();
    },
    listen(runId, listener) {
      const known = listeners.get(runId) ?? new Set();
      listeners.set(runId, known.add(listener));
      return () => {
        known.delete(listener);
        if (known.size === 0 && listeners.get(runId) === known) listeners.delete(runId);
      };
    },
  };
}

/** Waits for rings; one that came while nobody waited ends the next wait at once. */
export class Waiter {
  #isRung = false;
  #resolve: (() => void) | undefined;

  readonly wake = (): void => {
    this.#isRung = true;
    this.#resolve?.();
  };

  /** Resolves at the next ring, or after `timeoutMs`. */
  async wait(timeoutMs?: number): Promise<void> {
    if (!this.#isRung) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.#resolve = resolve;
        if (timeoutMs !== undefined) timer = setTimeout(resolve, timeoutMs);
      });
      clearTimeout(timer);
      this.#resolve = undefined;
    }
    this.#isRung = false;
  }
}

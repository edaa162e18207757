/** A place in a script where the model waits until the test lets it go on. */
export interface Gate {
  /** Resolves once the model stands here. */
  readonly reached: Promise<void>;
  open(): void;
}

interface HeldGate extends Gate {
  readonly reach: () => void;
  readonly opened: Promise<void>;
}

/** A gate for one place of one script. */
export function createGate(): Gate {
  const reached = Promise.withResolvers<void>();
  const opened = Promise.withResolvers<void>();
  const gate: HeldGate = {
    reached: reached.promise,
    reach: reached.resolve,
    open: opened.resolve,
    opened: opened.promise,
  };
  return gate;
}

/** Waits until the gate is open; an abort ends the wait with its reason. */
export function standAt(gate: Gate, signal: AbortSignal): Promise<void> {
  const { reach, opened } = gate as HeldGate;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    reach();
    const goOn = async () => {
      await opened;
      signal.removeEventListener('abort', abort);
      resolve();
    };
    void goOn();
  });
}

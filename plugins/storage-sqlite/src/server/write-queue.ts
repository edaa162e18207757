/** Lets one writer through at a time, in the order they came. */
export interface WriteQueue {
  /** Takes the turn when it is free now. */
  tryEnter(): boolean;
  /** Takes the turn as soon as it comes. */
  enter(): Promise<void>;
  /** Gives the turn to the next. */
  leave(): void;
}

/** A queue nobody waits in. */
export function createWriteQueue(): WriteQueue {
  let isTaken = false;
  const waiting: (() => void)[] = [];
  const tryEnter = (): boolean => {
    if (isTaken) return false;
    isTaken = true;
    return true;
  };
  return {
    tryEnter,
    enter: () => (tryEnter() ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    leave: () => {
      const next = waiting.shift();
      // The turn passes on without being free in between, so nobody overtakes.
      if (next === undefined) isTaken = false;
      else next();
    },
  };
}

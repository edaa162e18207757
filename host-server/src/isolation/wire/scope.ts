/** What lives as long as one call: ended when its answer has come, or its stream has ended. */
export interface CallScope {
  /** Runs `end` when the call is over; at once when it is already. */
  onEnd(end: () => void): void;
  /** Runs `cancel` when the other side gives the call up. */
  onCancel(cancel: () => void): void;
  isOver(): boolean;
  end(): void;
  /** Ends it because nobody waits for it any more. */
  cancel(): void;
}

/** A scope that has just begun. */
export function createCallScope(): CallScope {
  let ends: (() => void)[] | undefined = [];
  let cancels: (() => void)[] = [];
  const end = () => {
    const all = ends ?? [];
    ends = undefined;
    cancels = [];
    for (const each of all) each();
  };
  return {
    onEnd(each) {
      if (ends === undefined) each();
      else ends.push(each);
    },
    onCancel: (each) => void cancels.push(each),
    isOver: () => ends === undefined,
    end,
    cancel() {
      for (const each of cancels.splice(0)) each();
      end();
    },
  };
}

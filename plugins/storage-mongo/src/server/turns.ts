/** Work that takes turns: any number of shared ones at a time, or one exclusive one, in the order they came. */
export interface Turns {
  shared<T>(work: () => Promise<T>): Promise<T>;
  exclusive<T>(work: () => Promise<T>): Promise<T>;
}

/** Turns that nobody has taken yet. */
export function createTurns(): Turns {
  const waiting: { readonly isExclusive: boolean; readonly start: () => void }[] = [];
  let shared = 0;
  let isTaken = false;
  const next = (): void => {
    const [first] = waiting;
    if (first === undefined || isTaken || (first.isExclusive && shared > 0)) return;
    waiting.shift();
    if (first.isExclusive) isTaken = true;
    else shared += 1;
    first.start();
    next();
  };
  const take = async <T>(isExclusive: boolean, work: () => Promise<T>): Promise<T> => {
    await new Promise<void>((start) => {
      waiting.push({ isExclusive, start });
      next();
    });
    try {
      return await work();
    } finally {
      if (isExclusive) isTaken = false;
      else shared -= 1;
      next();
    }
  };
  return { shared: (work) => take(false, work), exclusive: (work) => take(true, work) };
}

import { authLocalErrors } from '../contract/index.ts';

/** Lets so many through at once; the others wait in line. */
export type Turnstile = <T>(work: () => Promise<T>) => Promise<T>;

/** @throws AUTH_LOCAL_BUSY when the line is full */
export function createTurnstile(limits: { readonly maxRunning: number; readonly maxWaiting: number }): Turnstile {
  const waiting: (() => void)[] = [];
  let running = 0;

  async function enter(): Promise<void> {
    if (running < limits.maxRunning) {
      running += 1;
      return;
    }
    if (waiting.length >= limits.maxWaiting) throw authLocalErrors.BUSY();
    await new Promise<void>((resolve) => waiting.push(resolve));
  }
  function leave(): void {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }

  return async (work) => {
    await enter();
    try {
      return await work();
    } finally {
      leave();
    }
  };
}

import { setTimeout as pause } from 'node:timers/promises';

const EVERY_MS = 50;

/** Repeats a check until it does not throw; after `timeoutMs` it throws what the check threw last. */
export async function eventually<T>(check: () => T | Promise<T>, timeoutMs = 10_000): Promise<T> {
  const endsAt = performance.now() + timeoutMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > endsAt) throw error;
      await pause(EVERY_MS);
    }
  }
}

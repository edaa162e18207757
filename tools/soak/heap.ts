// What the heap holds after each stretch of a long run, and whether it grows.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const MB = 1_048_576;
/** What a run may grow beside noise; a leaked generation of the whole composition weighs more after a few swaps. */
const MAX_GROWTH_MB = 6;

/** Live bytes after a full collection. */
export async function measureHeap(): Promise<number> {
  for (let round = 0; round < 3; round += 1) {
    collect();
    await new Promise((resolve) => setImmediate(resolve));
  }
  return process.memoryUsage().heapUsed;
}

/** The growth from each stretch to the next, and whether the whole is flat. The first stretch warms caches up. */
export function reportHeap(measured: readonly number[]): { readonly line: string; readonly isFlat: boolean } {
  const steady = measured.slice(1);
  const growth = steady.slice(1).map((bytes, index) => bytes - (steady[index] ?? bytes));
  const totalMb = ((steady.at(-1) ?? 0) - (steady[0] ?? 0)) / MB;
  const show = (bytes: number) => (bytes / MB).toFixed(1);
  const isFlat = totalMb <= MAX_GROWTH_MB;
  const line = `memory: ${measured.map(show).join(' > ')} MB after collection, growth ${growth.map(show).join(', ')} MB, ${
    isFlat ? 'flat' : `more than ${MAX_GROWTH_MB} MB`
  }`;
  return { line, isFlat };
}

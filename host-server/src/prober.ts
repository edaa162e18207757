import type { Kernel } from '@parley/kernel';

const PROBE_MS = 1_000;
const FRESH_MS = 1_000;

/** Asks every plugin how it is, at most once a second: who asks meanwhile shares the answer. */
export type Prober = () => Promise<void>;

export function createProber(kernel: Pick<Kernel, 'probe'>): Prober {
  let probed = { atMs: -Infinity, done: Promise.resolve() };
  return () => {
    const nowMs = performance.now();
    if (nowMs - probed.atMs > FRESH_MS) probed = { atMs: nowMs, done: kernel.probe(PROBE_MS) };
    return probed.done;
  };
}

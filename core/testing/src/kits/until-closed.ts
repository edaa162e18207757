import assert from 'node:assert/strict';

/** Longest time between an abort and the end of what it ended, milliseconds. */
export const ABORT_WITHIN_MS = 1_000;

/** Waits until nothing upstream is open any more; fails when that takes longer than an abort may. */
export async function untilClosed(subject: { readonly openStreams?: () => number }): Promise<void> {
  const deadline = performance.now() + ABORT_WITHIN_MS;
  while ((subject.openStreams?.() ?? 0) > 0) {
    assert.ok(performance.now() < deadline, 'the upstream is still open');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

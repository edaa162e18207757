import type { ChildLimits } from '../limits.ts';
import type { Child } from './spawn-child.ts';

const MIB = 1_024 * 1_024;

/** Somebody who looks at a child. */
export interface ChildWatch {
  /** Its plugin has started: from now on its event loop may not stand still for long. */
  up(): void;
  residentBytes(): number;
  stop(): void;
}

/** Looks at the pulse and the memory of a child; ends it when either is beyond its limit. */
export function watchChild(child: Child, limits: ChildLimits, now: () => number): ChildWatch {
  let resident = 0;
  let seenMs = performance.now();
  let lookedMs = seenMs;
  let isAsking = false;
  /** Loading and starting take their time, and have limits of their own. */
  let isUp = false;
  const ask = async () => {
    isAsking = true;
    try {
      const bytes = await child.peer.call('ping', now());
      resident = typeof bytes === 'number' ? bytes : resident;
      seenMs = performance.now();
      isAsking = false;
    } catch {
      // It has ended; there is nothing more to ask.
    }
  };
  const look = () => {
    const at = performance.now();
    // When the host itself stood still, nobody heard the answer; the child is not to blame.
    seenMs += Math.max(0, at - lookedMs - 2 * limits.watchMs);
    lookedMs = at;
    resident = child.residentBytes() || resident;
    if (resident > limits.residentMiB * MIB) {
      return child.kill(`it used ${Math.round(resident / MIB)} MiB of memory; ${limits.residentMiB} MiB are allowed`);
    }
    if (isUp && at - seenMs > limits.blockedMs) {
      return child.kill(`its event loop stood still for more than ${limits.blockedMs} ms`);
    }
    if (!isAsking) {
      seenMs = Math.max(seenMs, at - limits.watchMs);
      void ask();
    }
    return undefined;
  };
  const timer = setInterval(look, limits.watchMs).unref();
  return {
    up() {
      isUp = true;
      seenMs = performance.now();
    },
    residentBytes: () => resident || child.residentBytes(),
    stop: () => clearInterval(timer),
  };
}

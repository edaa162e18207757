import { useEffect, useState } from 'react';

/** Milliseconds since `startedAtMs`, told once a second; 0 without a start. */
export function useElapsed(startedAtMs: number | undefined): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    if (startedAtMs === undefined) return undefined;
    const timer = setInterval(() => setNowMs(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [startedAtMs]);
  return startedAtMs === undefined ? 0 : Math.max(0, nowMs - startedAtMs);
}

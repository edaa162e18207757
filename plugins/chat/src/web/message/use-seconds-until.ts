import { useEffect, useState } from 'react';

/** Whole seconds until a time, counted down; 0 once it has come, or without one. */
export function useSecondsUntil(timeMs: number | undefined): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  const isOver = timeMs === undefined || nowMs >= timeMs;
  useEffect(() => {
    if (isOver) return undefined;
    const timer = setInterval(() => setNowMs(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [isOver]);
  return isOver ? 0 : Math.ceil((timeMs - nowMs) / 1_000);
}

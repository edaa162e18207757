import { useEffect, useState } from 'react';

/** The time, read again every `intervalMs`; milliseconds since 1970. */
export function useNow(intervalMs: number): number {
  const [nowMs, setNowMs] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), intervalMs);
    return () => clearInterval(timer);
  }, [intervalMs]);
  return nowMs;
}

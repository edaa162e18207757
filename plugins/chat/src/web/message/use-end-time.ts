import type { Message } from '@parley/contracts';
import { useEffect, useRef, useState } from 'react';

/** When an answer ended, milliseconds since the epoch: as this page saw it, else its beginning stands for it. */
export function useEndTime({ state, createdAt }: Message): number {
  const [endedAtMs, setEndedAtMs] = useState<number>();
  const isRunning = state === 'running';
  const wasRunning = useRef(isRunning);
  useEffect(() => {
    if (wasRunning.current && !isRunning) setEndedAtMs(Date.now());
    wasRunning.current = isRunning;
  }, [isRunning]);
  return endedAtMs ?? Date.parse(createdAt);
}

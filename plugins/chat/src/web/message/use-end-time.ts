import type { Message } from '@parley/contracts';
import { useState } from 'react';

/** When an answer ended, milliseconds since the epoch: seen by this page, or else no later than its beginning tells. */
export function useEndTime({ state, createdAt }: Message): number {
  const isRunning = state === 'running';
  const [seen, setSeen] = useState<{ readonly isRunning: boolean; readonly endedAtMs?: number }>({ isRunning });
  if (seen.isRunning && !isRunning) setSeen({ isRunning, endedAtMs: Date.now() });
  else if (!seen.isRunning && isRunning) setSeen({ isRunning });
  return seen.endedAtMs ?? Date.parse(createdAt);
}

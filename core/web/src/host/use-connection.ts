import { onlineManager } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { useHost } from './use-host.ts';
import type { Connection } from './web-host.ts';

/** Whether the server can be reached, followed. */
export function useConnection(): Connection {
  const host = useHost();
  return useSyncExternalStore(
    (listener) => onlineManager.subscribe(listener),
    () => host.connection,
  );
}

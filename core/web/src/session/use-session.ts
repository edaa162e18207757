import { useSyncExternalStore } from 'react';
import { useHost } from '../host/use-host.ts';
import type { SessionState } from './session-adapter.ts';

/** Who is signed in, followed. */
export function useSession(): SessionState {
  const { session } = useHost();
  return useSyncExternalStore(session.subscribe, () => session.state);
}

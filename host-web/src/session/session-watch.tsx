import { isAppError } from '@parley/contracts';
import { eventsContract } from '@parley/plugin-events/contract';
import { useSession } from '@parley/web';
import { followEvents, type HostRuntime } from '@parley/web/host';
import { onlineManager } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useEffectEvent, useRef } from 'react';

const ExpiredDialog = lazy(() => import('./expired-dialog.tsx').then((module) => ({ default: module.ExpiredDialog })));

interface SessionWatchProps {
  readonly runtime: HostRuntime;
  /** Events may have been missed, and the server may be another one. */
  readonly onGap: () => void;
}

/** Follows the session: the event stream while there is one, a clean cache after it, the dialog when it runs out. */
export function SessionWatch({ runtime, onGap }: SessionWatchProps) {
  const { status, user, isExpired } = useSession();
  const seenUserId = useRef<string | undefined>(undefined);
  const gap = useEffectEvent(onGap);
  const userId = status === 'signed-in' ? user?.id : undefined;

  useEffect(() => {
    if (userId === undefined) {
      if (status === 'signed-out' && !isExpired) runtime.queryClient.clear();
      return undefined;
    }
    if (seenUserId.current !== undefined && seenUserId.current !== userId) runtime.queryClient.clear();
    else if (seenUserId.current === userId) void runtime.queryClient.invalidateQueries();
    seenUserId.current = userId;
    const leave = new AbortController();
    followUserEvents(runtime, leave.signal, () => gap());
    return () => leave.abort();
  }, [userId, status, isExpired, runtime]);

  return isExpired ? (
    <Suspense>
      <ExpiredDialog />
    </Suspense>
  ) : undefined;
}

function followUserEvents({ host, events }: HostRuntime, signal: AbortSignal, onGap: () => void): void {
  const { client } = host.contract(eventsContract);
  followEvents({
    open: (call) => client.stream({}, call),
    hub: events,
    signal,
    onConnection: (connection) => onlineManager.setOnline(connection === 'online'),
    onGap,
  }).catch((error: unknown) => {
    // Without the plugin that keeps the stream, or without a session, the page reads on its own.
    if (!isAppError(error) || error.status >= 500) host.announce(String(error));
  });
}

import { Button } from '@parley/ui/button';
import { ConfirmDialog, DialogTrigger } from '@parley/ui/dialog';
import { ErrorState } from '@parley/ui/error-state';
import { Skeleton } from '@parley/ui/skeleton';
import { useHost, useNow } from '@parley/web';
import { messages } from './messages.ts';
import { useSessionMutations, useSessions } from './queries.ts';
import { SessionRow } from './session-row.tsx';
import styles from './settings.module.css';

const MINUTE_MS = 60_000;

/** The settings page that lists the signed-in devices and ends their sessions. */
export function SessionSettings() {
  const nowMs = useNow(MINUTE_MS);
  const sessions = useSessions();
  if (sessions.isPending) return <Skeleton shape="row" lines={3} />;
  if (sessions.isError) {
    return (
      <ErrorState
        title={messages.loadFailed}
        cause={sessions.error.message}
        onRetry={() => void sessions.refetch()}
        isRetrying={sessions.isFetching}
      />
    );
  }
  const items = sessions.data.items.toSorted((one, other) => Number(other.current) - Number(one.current));
  return (
    <div className={styles['sessions']}>
      <p className={styles['note']}>{messages.intro}</p>
      <ul role="list" className={styles['list']}>
        {items.map((session) => (
          <SessionRow key={session.id} session={session} nowMs={nowMs} />
        ))}
      </ul>
      {items.length > 1 ? <EndOthers /> : <p className={styles['note']}>{messages.onlyThis}</p>}
    </div>
  );
}

function EndOthers() {
  const host = useHost();
  const { endOthers } = useSessionMutations();
  const end = async () => {
    await endOthers.mutateAsync({});
    host.toast({ title: messages.signedOutOthers, tone: 'ok' });
  };
  return (
    <DialogTrigger>
      <Button>{messages.signOutOthers}</Button>
      <ConfirmDialog title={messages.signOutOthersQuestion} confirmLabel={messages.signOut} onConfirm={end}>
        <p>{messages.signOutOthersText}</p>
        {endOthers.isError ? <ErrorState title={messages.endFailed} cause={endOthers.error.message} /> : undefined}
      </ConfirmDialog>
    </DialogTrigger>
  );
}

import type { Session } from '@parley/contracts';
import { Badge } from '@parley/ui/badge';
import { Button } from '@parley/ui/button';
import { MonitorIcon } from '@parley/ui/icon';
import { relativeTime, useHost } from '@parley/web';
import { messages } from './messages.ts';
import { useSessionMutations } from './queries.ts';
import styles from './settings.module.css';

interface SessionRowProps {
  readonly session: Session;
  readonly nowMs: number;
}

/** One signed-in device. The present one has no button: the account menu signs it out. */
export function SessionRow({ session, nowMs }: SessionRowProps) {
  const { id, device, ip, lastSeenAt, current } = session;
  const ago = current ? undefined : relativeTime(lastSeenAt, nowMs);
  const host = useHost();
  const { end } = useSessionMutations();
  const signOut = () =>
    end.mutate(
      { id },
      {
        onSuccess: () => host.toast({ title: messages.signedOut(device), tone: 'ok' }),
        onError: (error) => host.toast({ title: messages.endFailed, description: error.message, tone: 'danger' }),
      },
    );
  return (
    <li className={styles['session']}>
      <MonitorIcon />
      <div className={styles['text']}>
        <p className={styles['device']}>
          {device} {current ? <Badge tone="accent">{messages.current}</Badge> : undefined}
        </p>
        <p className={styles['note']}>
          <time dateTime={lastSeenAt} title={new Date(lastSeenAt).toLocaleString()}>
            {ago === undefined ? messages.activeNow : messages.lastSeen(ago)}
          </time>{' '}
          {messages.address(ip)}
        </p>
      </div>
      {current ? undefined : (
        <Button size="small" isPending={end.isPending} onPress={signOut} aria-label={messages.signOutDevice(device)}>
          {messages.signOut}
        </Button>
      )}
    </li>
  );
}

import type { HistoryEntry } from '@parley/contracts';
import { Badge } from '@parley/ui/badge';
import { Button } from '@parley/ui/button';
import { EmptyState } from '@parley/ui/empty-state';
import { useSession } from '@parley/web';
import { useState } from 'react';
import { AdminPage } from '../admin-page.tsx';
import { ChangeDialog } from '../change/change-dialog.tsx';
import { momentText } from '../format.ts';
import { LoadState } from '../load-state.tsx';
import { messages as shared } from '../messages.ts';
import { useHistory } from '../queries.ts';
import { StateNode } from '../state/state-node.tsx';
import styles from './history-page.module.css';
import { messages } from './messages.ts';

/** The versions of what runs, and the way back to each. */
export function HistoryPage() {
  const history = useHistory();
  const [target, setTarget] = useState<number>();
  return (
    <AdminPage title={shared.history} lead={messages.lead}>
      <LoadState query={history}>
        {({ versions }) =>
          versions.length === 0 ? (
            <EmptyState>{messages.empty}</EmptyState>
          ) : (
            <ol role="list" className={styles['list']}>
              {versions.map((entry) => (
                <Version key={entry.version} entry={entry} onGoBack={() => setTarget(entry.version)} />
              ))}
            </ol>
          )
        }
      </LoadState>
      {target === undefined ? undefined : (
        <ChangeDialog
          title={messages.question(target)}
          wish={{ to: target }}
          confirmLabel={messages.confirm}
          onClose={() => setTarget(undefined)}
        />
      )}
    </AdminPage>
  );
}

interface VersionProps {
  readonly entry: HistoryEntry;
  readonly onGoBack: () => void;
}

function Version({ entry, onGoBack }: VersionProps) {
  const { version, at, summary, isCurrent } = entry;
  const who = useActor(entry);
  return (
    <li className={styles['version']}>
      <StateNode tone={isCurrent ? 'ok' : 'quiet'} />
      <div className={styles['text']}>
        <p className={styles['line']}>
          <span className={styles['summary']}>{summary || messages.noSummary}</span>
          {isCurrent ? <Badge tone="accent">{messages.current}</Badge> : undefined}
        </p>
        <p className={styles['facts']}>
          <span>{messages.version(version)}</span>
          <time dateTime={at}>{momentText(at)}</time>
          <span>{who}</span>
        </p>
      </div>
      {isCurrent ? undefined : (
        <Button size="small" variant="quiet" aria-label={messages.goBackTo(version)} onPress={onGoBack}>
          {messages.goBack}
        </Button>
      )}
    </li>
  );
}

/** Who made a change, in words. */
function useActor({ by, via }: HistoryEntry): string {
  const { user } = useSession();
  if (via === 'start' || via === 'file') return messages.via[via];
  if (by === user?.id) return `${messages.you}, ${messages.via[via]}`;
  return by === 'operator' || by === 'file' ? messages.by[by] : `${messages.user(by)}, ${messages.via[via]}`;
}

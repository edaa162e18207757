import { isAppError } from '@parley/contracts';
import { threadBanner } from '@parley/plugin-chat/contract';
import { ErrorState } from '@parley/ui/error-state';
import { Skeleton } from '@parley/ui/skeleton';
import { Slot } from '@parley/web';
import { type KeyboardEvent, useMemo, useRef } from 'react';
import { Composer, type ComposerHandle } from '../composer/composer.tsx';
import { QueueList } from '../composer/queue-list.tsx';
import { ThreadActionsContext } from '../message/message-context.ts';
import { traceIdOf } from '../message/trace-id-of.ts';
import { messages } from '../messages.ts';
import { withoutTurn } from '../state/turn-queue.ts';
import { ThreadHeader } from './thread-header.tsx';
import styles from './thread-page.module.css';
import { ThreadPanels } from './thread-panels.tsx';
import { ThreadView, type ThreadViewHandle } from './thread-view.tsx';
import { useThread } from './use-thread.ts';

/** The page of one conversation. */
export function ThreadPage({ params }: { readonly params: { readonly conversationId?: string } }) {
  const { conversationId } = params;
  return conversationId === undefined ? undefined : <Thread key={conversationId} conversationId={conversationId} />;
}

function Thread({ conversationId }: { readonly conversationId: string }) {
  const view = useRef<ThreadViewHandle>(null);
  const composer = useRef<ComposerHandle>(null);
  const thread = useThread(conversationId, view, composer);
  const { queue, setQueue, read, conversation, entries, sought, isRunning } = thread;
  const slotProps = useMemo(() => ({ conversationId, dismiss: () => undefined }), [conversationId]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.defaultPrevented) thread.stop();
  };
  const failure = conversation.error ?? read.error;
  if (failure && isAppError(failure) && failure.status === 404) throw failure;
  return (
    <ThreadActionsContext value={thread.actions}>
      <div className={styles.page} onKeyDown={onKeyDown}>
        <ThreadHeader conversationId={conversationId} conversation={conversation.data} />
        <Slot of={threadBanner} props={slotProps} />
        {read.messages ? (
          <ThreadView ref={view} entries={entries} sought={sought} isBusy={isRunning} />
        ) : (
          <div className={styles.waiting}>
            {failure ? (
              <ErrorState
                title={messages.loadFailed}
                cause={failure.message}
                traceId={traceIdOf(failure)}
                onRetry={() => void read.refetch()}
              />
            ) : (
              <Skeleton lines={8} label={messages.loadingThread} />
            )}
          </div>
        )}
        <div className={styles.composer}>
          <QueueList
            queue={queue}
            canSend={read.messages !== undefined}
            isRunning={isRunning}
            onEdit={(turn) => {
              setQueue((waiting) => withoutTurn(waiting, turn.id));
              composer.current?.insert(turn.text);
            }}
            onRemove={(turn) => setQueue((waiting) => withoutTurn(waiting, turn.id))}
            onSendNext={thread.sendNext}
          />
          <Composer
            ref={composer}
            conversationId={conversationId}
            choice={thread.choice}
            isRunning={isRunning}
            canSend={read.messages !== undefined}
            isStopping={thread.isStopping}
            canStop={thread.canStop}
            onSend={thread.submit}
            onStop={thread.stop}
            onEditLast={thread.editLast}
          />
          <p className={styles.hint}>{isRunning ? messages.hintRunning(modifier) : messages.hint}</p>
        </div>
      </div>
      <ThreadPanels conversationId={conversationId} />
    </ThreadActionsContext>
  );
}

const modifier = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl+';

import type { Notice } from '@parley/contracts';
import { ErrorState } from '@parley/ui/error-state';
import { VisuallyHidden } from '@parley/ui/visually-hidden';
import { useRun } from '@parley/web/runs';
import { Fragment } from 'react';
import { messages } from '../messages.ts';
import { useModelName } from '../state/use-model-name.ts';
import { phaseText } from '../state/use-announcements.ts';
import { AnswerEnd } from './answer-end.tsx';
import { AnswerFooter } from './answer-footer.tsx';
import styles from './answer-message.module.css';
import { AnswerPart } from './answer-part.tsx';
import { AnswerStatus } from './answer-status.tsx';
import { NoticeLine } from './notice-line.tsx';
import { SendFailure } from './send-failure.tsx';
import spine from './spine.module.css';
import { type MessageEntry, useThreadActions } from './message-context.ts';

/** An answer: its parts on the spine, then how it ended and what can be done with it. */
export function AnswerMessage({ entry }: { readonly entry: MessageEntry }) {
  const { message, place, item, lost } = entry;
  const actions = useThreadActions();
  const isRunning = message.state === 'running';
  const runId = isRunning ? message.runId : undefined;
  const run = useRun(runId);
  // Another model may answer than the one that was asked.
  const name = useModelName(run?.model ?? message.model);
  const notices = run?.notices ?? message.notices ?? NO_NOTICES;
  const count = Math.max(run?.partCount ?? 0, message.parts.length);
  const isFailed = item?.state === 'failed';
  const isFollowed = isRunning && !isFailed && !lost;
  const status = runId === undefined ? messages.sending : phaseText(run, undefined);
  return (
    <article
      className={`${spine.message} ${styles.answer}`}
      tabIndex={-1}
      aria-busy={isFollowed}
      data-message-id={message.id}
    >
      <VisuallyHidden>
        <h2>{messages.answerSaid(name, place.index + 1, place.ids.length)}</h2>
      </VisuallyHidden>
      {Array.from({ length: count }, (_, index) => (
        <Fragment key={index}>
          <NoticeLines notices={notices.filter(({ place: at }) => at === index)} />
          <AnswerPart
            message={message}
            index={index}
            runId={runId}
            isLive={isFollowed && index === count - 1 && run?.connection !== 'waiting'}
          />
        </Fragment>
      ))}
      <NoticeLines notices={notices.filter(({ place: at }) => at >= count)} />
      {isFollowed ? <AnswerStatus text={status} startedAt={message.createdAt} run={run} /> : undefined}
      <div className={spine.aside}>
        {isFailed ? <SendFailure item={item} /> : undefined}
        {lost && isRunning ? (
          <ErrorState
            title={messages.lost}
            cause={lost.error instanceof Error ? lost.error.message : messages.lostCause}
            onRetry={() => actions.followAgain(message.runId ?? '')}
          />
        ) : undefined}
        <AnswerEnd message={message} onRetry={() => actions.answerAgain(message)} />
        {isRunning ? undefined : <AnswerFooter entry={entry} modelName={name} />}
      </div>
    </article>
  );
}

const NO_NOTICES: readonly Notice[] = [];

const NoticeLines = ({ notices }: { readonly notices: readonly Notice[] }) =>
  notices.map((notice, index) => <NoticeLine key={index} notice={notice} />);

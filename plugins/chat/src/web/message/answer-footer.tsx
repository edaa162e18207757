import { messageAction } from '@parley/plugin-chat/contract';
import { IconButton } from '@parley/ui/button';
import { CopyButton } from '@parley/ui/copy-button';
import { RotateCcwIcon } from '@parley/ui/icon';
import { Tooltip } from '@parley/ui/tooltip';
import { Slot } from '@parley/web';
import { useMemo } from 'react';
import { messages } from '../messages.ts';
import { useModelName } from '../state/use-model-name.ts';
import { type MessageEntry, useThreadActions } from './message-context.ts';
import styles from './message-footer.module.css';
import { OtherModelButton } from './other-model-button.tsx';
import { SiblingSwitcher } from './sibling-switcher.tsx';
import { textOf } from './text-of.ts';
import { UsageButton } from './usage-button.tsx';

interface AnswerFooterProps {
  readonly entry: MessageEntry;
  readonly modelName: string;
}

/** What can be done with a finished answer, and what it took to write it. */
export function AnswerFooter({ entry, modelName }: AnswerFooterProps) {
  const { message, place, isLast } = entry;
  const actions = useThreadActions();
  const wantedName = useModelName(message.wanted);
  const slotProps = useMemo(() => ({ message }), [message]);
  return (
    <footer className={`${styles.footer} ${isLast ? styles.last : ''}`}>
      <SiblingSwitcher place={place} onShow={actions.showVersion} />
      <span className={styles.actions} data-action="copy">
        <CopyButton text={() => textOf(message)} label={messages.copyAnswer} />
        {message.state === 'complete' ? (
          <Tooltip text={messages.retryAnswer}>
            <IconButton
              size="small"
              label={messages.retryAnswer}
              data-action="retry"
              onPress={() => actions.answerAgain(message)}
            >
              <RotateCcwIcon />
            </IconButton>
          </Tooltip>
        ) : undefined}
        {message.state === 'complete' ? (
          <OtherModelButton
            isIcon
            model={message.wanted ?? message.model}
            onPick={(model) => actions.answerAgain(message, model)}
          />
        ) : undefined}
        <Slot of={messageAction} props={slotProps} />
      </span>
      <span className={styles.facts}>
        <span>
          <bdi>{modelName}</bdi>
          {message.wanted === undefined ? undefined : ` · ${messages.askedFor(wantedName)}`}
        </span>
        {message.usage ? <UsageButton usage={message.usage} modelName={modelName} /> : undefined}
      </span>
    </footer>
  );
}

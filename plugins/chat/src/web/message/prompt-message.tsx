import { IconButton } from '@parley/ui/button';
import { CopyButton } from '@parley/ui/copy-button';
import { PencilIcon } from '@parley/ui/icon';
import { Tooltip } from '@parley/ui/tooltip';
import { VisuallyHidden } from '@parley/ui/visually-hidden';
import { useEffect, useRef } from 'react';
import { messages } from '../messages.ts';

import { textOf } from './text-of.ts';
import footer from './message-footer.module.css';
import { type MessageEntry, useThreadActions } from './message-context.ts';
import { PluginPartContent } from './plugin-part.tsx';
import { PromptEditor } from './prompt-editor.tsx';
import styles from './prompt-message.module.css';
import { PromptText } from './prompt-text.tsx';
import { SendFailure } from './send-failure.tsx';
import { SiblingSwitcher } from './sibling-switcher.tsx';
import { FileLine } from './file-line.tsx';
import spine from './spine.module.css';
import { SpineStep } from './spine-step.tsx';

/** What a person said. */
export function PromptMessage({ entry }: { readonly entry: MessageEntry }) {
  const { message, place, item, isEditing } = entry;
  const actions = useThreadActions();
  const article = useRef<HTMLElement>(null);
  // The editor held the focus; without it the focus would be nowhere.
  useEffect(() => (isEditing ? () => article.current?.focus({ preventScroll: true }) : undefined), [isEditing]);
  return (
    <article ref={article} className={spine.message} tabIndex={-1} data-message-id={message.id}>
      <VisuallyHidden>
        <h2>{messages.youSaid}</h2>
      </VisuallyHidden>
      <SpineStep kind="prompt">
        {isEditing ? (
          <PromptEditor
            text={textOf(message)}
            onCancel={() => actions.edit(undefined)}
            onSave={(text) => actions.saveEdit(message, text)}
          />
        ) : (
          <div className={styles.card}>
            {message.parts.map((part, index) => {
              if (part.type === 'text' && 'text' in part) return <PromptText key={index} text={part.text} />;
              if (part.type === 'file' && 'file' in part) return <FileLine key={index} file={part.file} />;
              return <PluginPartContent key={index} part={part} message={message} streaming={false} />;
            })}
          </div>
        )}
        {item?.state === 'failed' ? <SendFailure item={item} /> : undefined}
        {isEditing || item?.state === 'failed' ? undefined : (
          <footer className={footer.footer}>
            <SiblingSwitcher place={place} onShow={actions.showVersion} />
            <span className={footer.actions} data-action="copy">
              <CopyButton text={() => textOf(message)} label={messages.copyPrompt} />
              <Tooltip text={messages.editPrompt}>
                <IconButton
                  size="small"
                  label={messages.editPrompt}
                  data-action="edit"
                  onPress={() => actions.edit(message.id)}
                >
                  <PencilIcon />
                </IconButton>
              </Tooltip>
            </span>
            <time className={footer.facts} dateTime={message.createdAt}>
              {formatTime(message.createdAt)}
            </time>
          </footer>
        )}
      </SpineStep>
    </article>
  );
}

const formatTime = (iso: string): string =>
  new Date(iso).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });

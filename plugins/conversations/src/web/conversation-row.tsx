import type { Conversation } from '@parley/contracts';
import { conversationRowMark } from '@parley/plugin-conversations/contract';
import { Slot } from '@parley/web';
import { NavLink } from '@parley/web/router';
import { type KeyboardEvent, memo, useMemo, useRef, useState } from 'react';
import styles from './conversation-row.module.css';
import { messages } from './messages.ts';
import { RenameField } from './rename-field.tsx';
import type { RowActions } from './row-actions.ts';
import { RowMenu } from './row-menu.tsx';

interface ConversationRowProps {
  readonly conversation: Conversation;
  readonly actions: RowActions;
}

/** One conversation in the list: its mark, its title, its menu. F2 renames, P pins, A archives, Delete deletes. */
export const ConversationRow = memo(function ConversationRow({ conversation, actions }: ConversationRowProps) {
  // As it was when the renaming began: what comes from elsewhere meanwhile must not be overwritten unseen.
  const [renamed, setRenamed] = useState<Conversation>();
  const title = conversation.title || messages.untitled;
  const slotProps = useMemo(() => ({ conversation }), [conversation]);
  const link = useRef<HTMLAnchorElement>(null);
  const { pinned, archived } = conversation;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = {
      F2: () => setRenamed(conversation),
      Delete: () => actions.remove(conversation),
      p: () => actions.change(conversation, { pinned: !pinned }),
      a: () => actions.change(conversation, { archived: !archived }),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  const onRenamed = (title: string | undefined, isByKeyboard: boolean) => {
    setRenamed(undefined);
    if (title !== undefined) actions.change(renamed ?? conversation, { title });
    if (isByKeyboard) setTimeout(() => link.current?.focus());
  };
  if (renamed) return <RenameField title={renamed.title} onDone={onRenamed} />;
  return (
    <div className={styles.row}>
      <NavLink
        ref={link}
        to={`/c/${conversation.id}`}
        className={styles.link ?? ''}
        data-row={conversation.id}
        onKeyDown={onKeyDown}
      >
        <span className={styles.mark}>
          <i aria-hidden="true" className={styles.dot} />
          <Slot of={conversationRowMark} props={slotProps} loading={NOTHING} />
        </span>
        <bdi dir="auto" className={styles.title}>
          {title}
        </bdi>
      </NavLink>
      <RowMenu conversation={conversation} actions={actions} onRename={() => setRenamed(conversation)} />
    </div>
  );
});

const NOTHING = <span />;

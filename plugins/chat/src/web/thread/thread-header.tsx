import type { Conversation } from '@parley/contracts';
import { threadHeaderAction } from '@parley/plugin-chat/contract';
import { Slot } from '@parley/web';
import { useMemo } from 'react';
import { ConversationTitle } from './conversation-title.tsx';
import { PanelButtons } from './panel-buttons.tsx';
import styles from './thread-header.module.css';

interface ThreadHeaderProps {
  readonly conversationId: string;
  readonly conversation: Conversation | undefined;
}

/** The title of the thread, and what plugins put beside it. */
export function ThreadHeader({ conversationId, conversation }: ThreadHeaderProps) {
  const props = useMemo(() => ({ conversationId }), [conversationId]);
  return (
    <header className={styles.header}>
      <ConversationTitle conversation={conversation} />
      <span className={styles.space} />
      <Slot of={threadHeaderAction} props={props} />
      <PanelButtons />
    </header>
  );
}

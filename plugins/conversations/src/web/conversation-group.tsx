import { useId } from 'react';
import styles from './conversation-group.module.css';
import { ConversationRow } from './conversation-row.tsx';
import type { RowActions } from './row-actions.ts';
import type { ConversationGroup } from './date-groups.ts';

/** Conversations under one heading; nothing without conversations. */
export function ConversationGroupView({ title, items, actions }: ConversationGroup & { readonly actions: RowActions }) {
  const headingId = useId();
  if (items.length === 0) return undefined;
  return (
    <section aria-labelledby={headingId}>
      <h2 id={headingId} className={styles.title}>
        {title}
      </h2>
      <ul role="list" className={styles.rows}>
        {items.map((conversation) => (
          <li key={conversation.id}>
            <ConversationRow conversation={conversation} actions={actions} />
          </li>
        ))}
      </ul>
    </section>
  );
}

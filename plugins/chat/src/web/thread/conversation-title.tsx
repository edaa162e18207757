import { isAppError, type Conversation } from '@parley/contracts';
import { conversationsContract } from '@parley/plugin-conversations/contract';
import { useContract, useHost } from '@parley/web';
import { useMutation } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { messages } from '../messages.ts';
import styles from './conversation-title.module.css';

/** The title of the conversation, the heading of the page; pressing it renames. */
export function ConversationTitle({ conversation }: { readonly conversation: Conversation | undefined }) {
  const host = useHost();
  const { queries } = useContract(conversationsContract);
  const [isEditing, setEditing] = useState(false);
  const title = conversation?.title || messages.untitled;
  const rename = useMutation(
    queries.update.mutation({
      onSuccess: (updated) => {
        host.queryClient.setQueryData(queries.get.key({ id: updated.id }), updated);
        void host.queryClient.invalidateQueries({ queryKey: queries.list.key() });
      },
      onError: (error) => host.toast({ title: isAppError(error) ? error.message : String(error), tone: 'danger' }),
    }),
  );
  useEffect(() => {
    document.title = `${title} · ${host.config.name}`;
  }, [title, host]);
  if (!conversation || !isEditing) {
    return (
      <h1 className={styles.heading}>
        <button
          type="button"
          className={styles.title}
          title={messages.rename}
          disabled={!conversation}
          onClick={() => setEditing(true)}
        >
          <bdi dir="auto">{rename.isPending ? (rename.variables.title ?? title) : title}</bdi>
        </button>
      </h1>
    );
  }
  const save = (value: string) => {
    setEditing(false);
    const next = value.trim();
    if (next !== '' && next !== conversation.title) rename.mutate({ id: conversation.id, title: next });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') save(event.currentTarget.value);
    if (event.key !== 'Escape') return;
    event.preventDefault();
    setEditing(false);
  };
  return (
    <input
      className={styles.input}
      dir="auto"
      aria-label={messages.renameLabel}
      defaultValue={conversation.title}
      maxLength={200}
      autoFocus
      onFocus={(event) => event.currentTarget.select()}
      onBlur={(event) => save(event.currentTarget.value)}
      onKeyDown={onKeyDown}
    />
  );
}

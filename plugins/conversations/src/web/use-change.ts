import { type Conversation, isAppError } from '@parley/contracts';
import { conversationsContract } from '@parley/plugin-conversations/contract';
import { useContract, useHost } from '@parley/web';
import { useMutation } from '@tanstack/react-query';
import { type ConversationPages, withChange, withFirst, withoutConversation } from './change-list.ts';
import { messages } from './messages.ts';
import { type ListKind, listInput } from './use-conversations.ts';

/** What can be changed of a conversation in the list. */
export type ConversationChange = Partial<Pick<Conversation, 'title' | 'pinned' | 'archived'>>;

const kindOf = ({ archived, pinned }: Pick<Conversation, 'archived' | 'pinned'>): ListKind =>
  archived ? 'archived' : pinned ? 'pinned' : 'unpinned';

/** Long enough to read two titles and choose. */
const CHOICE_MS = 30_000;

/** Changes a conversation at once on the page and then on the server; what the server refuses is put back and said. */
export function useChange(): (conversation: Conversation, change: ConversationChange) => void {
  const host = useHost();
  const { client, queries } = useContract(conversationsContract);
  const { queryClient } = host;
  const place = usePlace();
  const mutation = useMutation({
    mutationFn: async ({ conversation, change }: Change) => {
      const { id, title } = conversation;
      // Only a title can be lost to another tab; pinning and archiving say what they want.
      if (change.title === undefined) return client.update({ id, ...change });
      for (let { rev } = conversation; ; ) {
        try {
          return await client.update({ id, ...change, rev });
        } catch (error) {
          const current = currentOf(error);
          if (current?.title !== title) throw error;
          rev = current.rev;
        }
      }
    },
    onMutate: async ({ conversation, change }) => {
      await queryClient.cancelQueries({ queryKey: queries.list.key() });
      place(conversation, { ...conversation, ...change });
    },
    onSuccess: (updated, { conversation, change }) => place({ ...conversation, ...change }, updated),
    onError: (error, { conversation, change }) => {
      const current = currentOf(error);
      place({ ...conversation, ...change }, current ?? conversation);
      const typed = change.title;
      if (current === undefined || typed === undefined) {
        return host.toast({ title: messages.changeFailed, description: error.message, tone: 'danger' });
      }
      // What was typed stays within reach: whoever sees the other title decides.
      const onAction = () => mutation.mutate({ conversation: current, change });
      return host.toast(
        {
          title: messages.changedElsewhere(current.title),
          description: messages.typed(typed),
          tone: 'danger',
          action: { label: messages.renameAnyway, onAction },
        },
        { timeoutMs: CHOICE_MS },
      );
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: queries.list.key() }),
  });
  return (conversation, change) => mutation.mutate({ conversation, change });
}

interface Change {
  readonly conversation: Conversation;
  readonly change: ConversationChange;
}

/** Puts a conversation where it belongs in what was read. */
function usePlace() {
  const { queryClient } = useHost();
  const { queries } = useContract(conversationsContract);
  const edit = (kind: ListKind, change: (pages: ConversationPages) => ConversationPages) => {
    const { queryKey } = queries.list.infinite(listInput(kind), { cursor: 'after', next: 'next' });
    queryClient.setQueryData(queryKey, (pages) => pages && change(pages));
  };
  return (before: Conversation, after: Conversation) => {
    const [from, to] = [kindOf(before), kindOf(after)];
    if (after.archived) edit('all', (pages) => withoutConversation(pages, after.id));
    else edit('all', (pages) => withChange(pages, after.id, after));
    if (from === to) edit(from, (pages) => withChange(pages, after.id, after));
    else {
      edit(from, (pages) => withoutConversation(pages, after.id));
      edit(to, (pages) => withFirst(pages, after));
    }
    queryClient.setQueryData(queries.get.key({ id: after.id }), after);
  };
}

/** The state that a conflict says is the current one. */
function currentOf(error: unknown): Conversation | undefined {
  if (!isAppError(error, 'CONVERSATIONS_CHANGED')) return undefined;
  const parsed = error.details['current'];
  return typeof parsed === 'object' && parsed !== null && 'title' in parsed ? (parsed as Conversation) : undefined;
}

import type { Message } from '@parley/contracts';
import { conversationsContract } from '@parley/plugin-conversations/contract';
import { useContract, useHost } from '@parley/web';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useAtom } from 'jotai';
import { useCallback, useEffect, useMemo } from 'react';
import { outboxAtom } from './atoms.ts';
import { isStored, withOutbox } from './outbox.ts';

const PAGE = 1_000;

/** Every message of a conversation, with those under way, oldest first. */
export function useMessages(conversationId: string) {
  const { client, queries } = useContract(conversationsContract);
  const [outbox, setOutbox] = useAtom(outboxAtom(useHost()));
  // A conversation that is still being made can not be read yet.
  const isUnborn = outbox.some((item) => item.request.newConversationId === conversationId && item.state !== 'sent');
  const query = useQuery({
    ...queries.messages.options({ conversationId }),
    enabled: !isUnborn,
    queryFn: async ({ signal }) => {
      const items: Message[] = [];
      for (let after: string | undefined; ; ) {
        const page = await client.messages({ conversationId, limit: PAGE, ...(after ? { after } : {}) }, { signal });
        items.push(...page.items);
        if (page.next === undefined) return { items };
        after = page.next;
      }
    },
  });
  const stored = query.data?.items;
  useEffect(() => {
    if (stored)
      setOutbox((items) =>
        items.some((item) => isStored(item, stored)) ? items.filter((item) => !isStored(item, stored)) : items,
      );
  }, [stored, setOutbox]);
  const messages = useMemo(
    () => (stored || isUnborn ? withOutbox(stored ?? [], outbox, conversationId) : undefined),
    [stored, isUnborn, outbox, conversationId],
  );
  return { messages, error: query.error, isFetching: query.isFetching, refetch: query.refetch };
}

/** Puts one message into what was read of a conversation, in the place of the older one. */
export function usePutMessage(): (...messages: readonly Message[]) => void {
  const { queries } = useContract(conversationsContract);
  const queryClient = useQueryClient();
  return useCallback(
    (...messages) => {
      for (const message of messages) {
        queryClient.setQueryData(queries.messages.key({ conversationId: message.conversationId }), (page) => {
          const items = page?.items ?? [];
          const isKnown = items.some(({ id }) => id === message.id);
          const put = isKnown ? items.map((item) => (item.id === message.id ? message : item)) : [...items, message];
          return { ...page, items: put };
        });
      }
    },
    [queries, queryClient],
  );
}

import { conversationsContract } from '@parley/plugin-conversations/contract';
import { defineWebPlugin } from '@parley/web';
import { lazy } from 'react';

/** The list of conversations, in the side bar and on a page of its own. */
export default defineWebPlugin({
  id: 'conversations',
  slots: {
    'sidebar.section': {
      conversations: lazy(() => import('./conversation-list.tsx').then((list) => ({ default: list.ConversationList }))),
    },
    route: {
      conversations: lazy(() =>
        import('./conversations-page.tsx').then((page) => ({ default: page.ConversationsPage })),
      ),
    },
  },
  start(host) {
    const { queries } = host.contract(conversationsContract);
    const invalidate = (queryKey: readonly unknown[]) => void host.queryClient.invalidateQueries({ queryKey });
    const undo = [
      host.onEvent('conversation', ({ id }) => {
        invalidate(queries.list.key());
        invalidate(queries.get.key({ id }));
      }),
      host.onEvent('message', ({ parentId }) => {
        if (parentId !== undefined) invalidate(queries.messages.key({ conversationId: parentId }));
      }),
    ];
    return () => undo.forEach((stop) => stop());
  },
});

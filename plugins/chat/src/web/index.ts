import { chatContract } from '@parley/plugin-chat/contract';
import { conversationsContract } from '@parley/plugin-conversations/contract';
import { defineWebPlugin } from '@parley/web';
import { lazy } from 'react';

/** New chat, the thread, and the mark of conversations that are being answered. */
export default defineWebPlugin({
  id: 'chat',
  slots: {
    route: {
      'new-chat': lazy(() => import('./home/new-chat-page.tsx').then((page) => ({ default: page.NewChatPage }))),
      thread: lazy(() => import('./thread/thread-page.tsx').then((page) => ({ default: page.ThreadPage }))),
    },
    'conversation.row.mark': {
      answering: lazy(() => import('./list/answering-mark.tsx').then((mark) => ({ default: mark.AnsweringMark }))),
    },
  },
  start(host) {
    const chat = host.contract(chatContract);
    const conversations = host.contract(conversationsContract);
    return host.onEvent('run', ({ parentId }) => {
      void host.queryClient.invalidateQueries({ queryKey: chat.queries.activeRuns.key() });
      if (parentId === undefined) return;
      const queryKey = conversations.queries.messages.key({ conversationId: parentId });
      void host.queryClient.invalidateQueries({ queryKey });
    });
  },
});

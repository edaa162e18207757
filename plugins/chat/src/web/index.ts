import { chatContract } from '@parley/plugin-chat/contract';
import { conversationsContract } from '@parley/plugin-conversations/contract';
import { PLUGINS_CHANGED } from '@parley/plugin-events/contract';
import { modelsContract } from '@parley/plugin-models/contract';
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
    const models = host.contract(modelsContract);
    const invalidate = (queryKey: readonly unknown[]) => void host.queryClient.invalidateQueries({ queryKey });
    const readModels = () => invalidate(models.queries.list.key());
    const undo = [
      host.onEvent('run', ({ parentId }) => {
        invalidate(chat.queries.activeRuns.key());
        if (parentId !== undefined) invalidate(conversations.queries.messages.key({ conversationId: parentId }));
      }),
      host.onEvent('models', readModels),
      // A provider was added, set up otherwise or taken out.
      host.onEvent(PLUGINS_CHANGED, readModels),
    ];
    return () => undo.forEach((stop) => stop());
  },
});

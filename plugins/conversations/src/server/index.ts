import { kernelReady } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import {
  conversationCreated,
  conversationDeleted,
  conversationsContract,
  conversationStore,
  conversationUpdated,
} from '@parley/plugin-conversations/contract';
import { userEvents } from '@parley/plugin-events/contract';
import { createAnnouncer } from './announce.ts';
import { createConversationService } from './conversation-service.ts';
import { createConversationStore } from './conversation-store.ts';
import { conversationEntity, messageEntity } from './entities.ts';
import { createHandlers } from './handlers.ts';
import { createMessageTree } from './message-tree.ts';
import { createRemoval } from './removal.ts';

/** Conversations and their message trees. */
export default definePlugin({
  id: 'conversations',
  version: '0.1.0',
  kernel: '^1.0.0',
  requires: { events: userEvents },
  provides: [conversationStore],
  hooks: [kernelReady],
  entities: [conversationEntity, messageEntity],
  ui: {
    module: './web',
    builtIn: true,
    slots: {
      'sidebar.section': [{ id: 'conversations', title: 'Conversations' }],
      route: [{ id: 'conversations', key: '/chats', title: 'Conversations' }],
    },
  },
  setup(ctx, { events }) {
    const announcer = createAnnouncer({
      events,
      onCreated: ctx.hook(conversationCreated),
      onUpdated: ctx.hook(conversationUpdated),
      call: () => ctx.call(),
    });
    const service = createConversationService({ ctx, announcer });
    const tree = createMessageTree(ctx);
    const removal = createRemoval({
      ctx,
      announcer,
      tellDeleted: (gone) => ctx.hook(conversationDeleted).run(gone, ctx.call()),
    });
    ctx.provide(conversationStore, createConversationStore({ ctx, service, tree, announcer }), {});
    ctx.routes(conversationsContract, createHandlers({ service, tree, removal }));
    ctx.on(kernelReady, () => removal.resume());
  },
});

import type { Handlers } from '@parley/contracts';
import type { conversationsContract } from '@parley/plugin-conversations/contract';
import type { ConversationService } from './conversation-service.ts';
import type { MessageTree } from './message-tree.ts';
import type { Removal } from './removal.ts';

/** The operations of this plugin. */
export function createHandlers(deps: {
  readonly service: ConversationService;
  readonly tree: MessageTree;
  readonly removal: Removal;
}): Handlers<(typeof conversationsContract)['operations']> {
  const { service, tree, removal } = deps;
  return {
    async list(filter, { principal }) {
      const { items, next } = await service.list(principal, filter);
      return { items: [...items], ...(next === undefined ? {} : { next }) };
    },
    get: ({ id }, { principal }) => service.get(principal, id),
    update: ({ id, rev, ...patch }, { principal }) => service.update(principal, id, patch, rev),
    remove: ({ id }, { principal }) => removal.remove(principal, id),
    async messages({ conversationId, limit, after }, { principal }) {
      await service.get(principal, conversationId);
      const { items, next } = await tree.page(principal, conversationId, {
        limit,
        ...(after === undefined ? {} : { after }),
      });
      return { items: [...items], ...(next === undefined ? {} : { next }) };
    },
  };
}

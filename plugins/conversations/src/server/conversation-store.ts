import type { Principal, Transaction } from '@parley/contracts';
import type { PluginContext } from '@parley/kernel';
import type { ConversationStore } from '@parley/plugin-conversations/contract';
import type { Announcer } from './announce.ts';
import type { ConversationService } from './conversation-service.ts';
import { conversationEntity, toConversation } from './entities.ts';
import type { MessageTree } from './message-tree.ts';

const BRANCH_LIMIT = 1_000;

/** The capability other plugins use: the same rules, inside the caller's transaction where there is one. */
export function createConversationStore(deps: {
  readonly ctx: Pick<PluginContext<unknown>, 'store' | 'transaction' | 'system' | 'clock'>;
  readonly service: ConversationService;
  readonly tree: MessageTree;
  readonly announcer: Announcer;
}): ConversationStore {
  const { ctx, service, tree, announcer } = deps;
  const within = <T>(tx: Transaction | undefined, work: (tx: Transaction) => Promise<T>): Promise<T> =>
    tx ? work(tx) : ctx.transaction(work);

  const announce: ConversationStore['announce'] = async (principal, { conversationId, isNew, messageIds }) => {
    const record = await ctx.store(conversationEntity, principal).find(conversationId);
    if (!record) return;
    const ownerId = record.ownerId ?? principal.id;
    await announcer.messages(ownerId, conversationId, messageIds);
    if (isNew) await announcer.created(ownerId, toConversation(record));
    else await announcer.touched(ownerId, record);
  };

  const insert = async (tx: Transaction, principal: Principal, fields: { id: string; title: string; model?: string }) =>
    toConversation(
      await tx.store(conversationEntity, principal).insert({
        ...fields,
        pinned: false,
        archived: false,
        lastMessageAt: new Date(ctx.clock.now()).toISOString(),
        messageCount: 0,
      }),
    );

  return {
    announce,
    get: (principal, id) => service.get(principal, id),
    async create(principal, conversation, tx) {
      const created = await within(tx, (inner) => insert(inner, principal, conversation));
      if (!tx) await announce(principal, { conversationId: created.id, isNew: true, messageIds: [] });
      return created;
    },
    async message(principal, conversationId, messageId) {
      await service.get(principal, conversationId);
      return tree.get(principal, conversationId, messageId);
    },
    async branch(principal, conversationId, leafId, limit = BRANCH_LIMIT) {
      await service.get(principal, conversationId);
      return tree.branch(principal, conversationId, leafId, limit);
    },
    async append(principal, conversationId, messages, tx) {
      const added = await within(tx, (inner) => tree.append(inner, principal, conversationId, messages));
      const messageIds = added.map((message) => message.id);
      if (!tx) await announce(principal, { conversationId, isNew: false, messageIds });
      return added;
    },
    async finish(message, tx) {
      await within(tx, (inner) => tree.finish(inner, message));
      if (tx) return;
      await announce(ctx.system, { conversationId: message.conversationId, isNew: false, messageIds: [message.id] });
    },
    async setTitle(principal, id, title) {
      await service.update(principal, id, { title });
    },
  };
}

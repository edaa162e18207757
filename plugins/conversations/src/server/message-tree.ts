import type { Message, Page, Principal, StoreOf, Transaction } from '@parley/contracts';
import type { PluginContext } from '@parley/kernel';
import { conversationErrors } from '@parley/plugin-conversations/contract';
import type { NewMessage } from '@parley/plugin-conversations/contract';
import { conversationEntity, messageEntity, toMessage } from './entities.ts';
import type { ConversationRecord, MessageRecord } from './entities.ts';

type FinishedMessage = Pick<
  Message,
  'id' | 'conversationId' | 'parts' | 'state' | 'model' | 'wanted' | 'usage' | 'notices' | 'error'
> & {
  readonly ownerId: string;
};

const SCAN_SIZE = 500;
const SMALLEST_SCAN = 32;

/** The append-only trees of messages. Callers have checked that the principal may see the conversation. */
export interface MessageTree {
  page(principal: Principal, conversationId: string, page: { limit: number; after?: string }): Promise<Page<Message>>;
  /** @throws CONVERSATIONS_MESSAGE_NOT_FOUND */
  get(principal: Principal, conversationId: string, id: string): Promise<Message>;
  /** Root first; at most the `limit` latest. @throws CONVERSATIONS_MESSAGE_NOT_FOUND */
  branch(principal: Principal, conversationId: string, leafId: string, limit: number): Promise<readonly Message[]>;
  /** @throws CONVERSATIONS_NOT_FOUND, CONVERSATIONS_MESSAGE_NOT_FOUND for a parent that is not in the conversation. */
  append(
    tx: Transaction,
    principal: Principal,
    conversationId: string,
    added: readonly NewMessage[],
  ): Promise<readonly Message[]>;
  /** @throws CONVERSATIONS_MESSAGE_NOT_FOUND, CONVERSATIONS_MESSAGE_FINAL */
  finish(tx: Transaction, message: FinishedMessage): Promise<void>;
}

type Messages = ReturnType<StoreOf<typeof messageEntity>['within']>;

async function checkParents(messages: Messages, added: readonly NewMessage[]): Promise<void> {
  const known = new Set<string>();
  for (const { id, parentId } of added) {
    if (parentId !== undefined && !known.has(parentId)) {
      const parent = await messages.find(parentId);
      if (parent === undefined) throw conversationErrors.MESSAGE_NOT_FOUND({ id: parentId });
      known.add(parentId);
    }
    known.add(id);
  }
}

/** Message trees over this plugin's records. */
export function createMessageTree(ctx: Pick<PluginContext<unknown>, 'store' | 'system' | 'clock'>): MessageTree {
  const find = async (principal: Principal, conversationId: string, id: string): Promise<MessageRecord> => {
    const record = await ctx.store(messageEntity, principal).within(conversationId).find(id);
    if (record === undefined) throw conversationErrors.MESSAGE_NOT_FOUND({ id });
    return record;
  };

  return {
    async page(principal, conversationId, { limit, after }) {
      const page = await ctx
        .store(messageEntity, principal)
        .within(conversationId)
        .list({
          sort: [['place', 'asc']],
          limit,
          ...(after === undefined ? {} : { after }),
        });
      return { ...page, items: page.items.map(toMessage) };
    },

    get: async (principal, conversationId, id) => toMessage(await find(principal, conversationId, id)),

    // A parent always has a lower place than its child, so one descending scan meets the whole branch.
    async branch(principal, conversationId, leafId, limit) {
      const leaf = await find(principal, conversationId, leafId);
      const branch = [toMessage(leaf)];
      let wanted = leaf.parentId;
      let before = leaf.place;
      while (wanted !== undefined && branch.length < limit) {
        const { items } = await ctx
          .store(messageEntity, principal)
          .within(conversationId)
          .list({
            where: { place: { lt: before } },
            sort: [['place', 'desc']],
            // As many as are wanted still: of a conversation without siblings, each is one of them.
            limit: Math.min(SCAN_SIZE, Math.max(SMALLEST_SCAN, limit - branch.length), before + 1),
          });
        for (const record of items) {
          before = record.place;
          if (record.id !== wanted || branch.length === limit) continue;
          branch.push(toMessage(record));
          wanted = record.parentId;
        }
        if (items.length === 0) break;
      }
      return branch.toReversed();
    },

    async append(tx, principal, conversationId, added) {
      const conversations = tx.store(conversationEntity, principal);
      const messages = tx.store(messageEntity, principal).within(conversationId);
      const conversation: ConversationRecord | undefined = await conversations.find(conversationId);
      if (!conversation || conversation.removedAt !== undefined)
        throw conversationErrors.NOT_FOUND({ id: conversationId });
      await checkParents(messages, added);
      const last = added.at(-1);
      if (!last) return [];
      const owner = principal.kind === 'system' ? { ownerId: conversation.ownerId ?? principal.id } : {};
      const records = await messages.insertMany(
        added.map((message, index) => ({ ...message, ...owner, place: conversation.messageCount + index })),
      );
      await conversations.update(
        conversationId,
        {
          messageCount: conversation.messageCount + added.length,
          leafId: last.id,
          lastMessageAt: new Date(ctx.clock.now()).toISOString(),
          ...(last.model === undefined ? {} : { model: last.model }),
        },
        conversation.rev,
      );
      return records.map(toMessage);
    },

    async finish(tx, { id, conversationId, ownerId, parts, state, model, wanted, usage, notices, error }) {
      const messages = tx.store(messageEntity, ctx.system).within(conversationId);
      const record = await messages.find(id);
      if (record?.ownerId !== ownerId) throw conversationErrors.MESSAGE_NOT_FOUND({ id });
      if (record.state !== 'running') throw conversationErrors.MESSAGE_FINAL({ id });
      const answeredBy = model === undefined ? {} : { model };
      await messages.update(id, { parts, state, wanted, usage, notices, error, ...answeredBy }, record.rev);
    },
  };
}

import { isAppError } from '@parley/contracts';
import type { Conversation, Page, Principal } from '@parley/contracts';
import type { PluginContext } from '@parley/kernel';
import { conversationErrors } from '@parley/plugin-conversations/contract';
import type { Announcer } from './announce.ts';
import { conversationEntity, toConversation } from './entities.ts';
import type { ConversationRecord } from './entities.ts';

/** What a person may change about a conversation. */
export interface ConversationPatch {
  readonly title?: string | undefined;
  readonly pinned?: boolean | undefined;
  readonly archived?: boolean | undefined;
  readonly leafId?: string | undefined;
}

/** Which conversations to list. */
export interface ConversationFilter {
  readonly after?: string | undefined;
  readonly limit: number;
  readonly archived: boolean;
  readonly pinned?: boolean | undefined;
}

/** The rules of conversations: who sees which, in what order, and what a change needs. */
export interface ConversationService {
  list(principal: Principal, filter: ConversationFilter): Promise<Page<Conversation>>;
  /** @throws CONVERSATIONS_NOT_FOUND */
  get(principal: Principal, id: string): Promise<Conversation>;
  /** @throws CONVERSATIONS_NOT_FOUND, CONVERSATIONS_CHANGED when `rev` is not the current one. */
  update(principal: Principal, id: string, patch: ConversationPatch, rev?: number): Promise<Conversation>;
}

const given = (patch: ConversationPatch) =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as {
    readonly [K in keyof ConversationPatch]: NonNullable<ConversationPatch[K]>;
  };

/** The rules of conversations over this plugin's records. */
export function createConversationService(deps: {
  readonly ctx: Pick<PluginContext<unknown>, 'store'>;
  readonly announcer: Announcer;
}): ConversationService {
  const { ctx, announcer } = deps;
  const find = async (principal: Principal, id: string): Promise<ConversationRecord> => {
    const record = await ctx.store(conversationEntity, principal).find(id);
    if (!record || record.removedAt !== undefined) throw conversationErrors.NOT_FOUND({ id });
    return record;
  };
  return {
    async list(principal, { after, limit, archived, pinned }) {
      const page = await ctx.store(conversationEntity, principal).list({
        where: { archived, removedAt: { exists: false }, ...(pinned === undefined ? {} : { pinned }) },
        sort: [['lastMessageAt', 'desc']],
        limit,
        ...(after === undefined ? {} : { after }),
      });
      return { ...page, items: page.items.map(toConversation) };
    },
    get: async (principal, id) => toConversation(await find(principal, id)),
    async update(principal, id, patch, rev) {
      const before = await find(principal, id);
      const changes = given(patch);
      if (Object.keys(changes).length === 0) return toConversation(before);
      try {
        const record = await ctx.store(conversationEntity, principal).update(id, changes, rev);
        const conversation = toConversation(record);
        await announcer.updated(record.ownerId ?? principal.id, conversation);
        return conversation;
      } catch (error) {
        if (!isAppError(error, 'STORAGE_CONFLICT')) throw error;
        throw conversationErrors.CHANGED({ id, current: toConversation(await find(principal, id)) }, error);
      }
    },
  };
}

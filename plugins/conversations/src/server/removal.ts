import type { Principal } from '@parley/contracts';
import type { PluginContext } from '@parley/kernel';
import { conversationErrors } from '@parley/plugin-conversations/contract';
import type { Announcer } from './announce.ts';
import { conversationEntity, messageEntity } from './entities.ts';

const BATCH_SIZE = 200;

/** Deletes conversations so that a kill at any point leaves nothing half-deleted for long. */
export interface Removal {
  /** Hides the conversation at once, then deletes its messages, then itself. @throws CONVERSATIONS_NOT_FOUND */
  remove(principal: Principal, id: string): Promise<void>;
  /** Completes deletions that an earlier process began. */
  resume(): Promise<void>;
}

/** Deletion in batches over this plugin's records. `tellDeleted` lets others remove what they keep beside it. */
export function createRemoval(deps: {
  readonly ctx: Pick<PluginContext<unknown>, 'store' | 'transaction' | 'system' | 'clock' | 'log'>;
  readonly announcer: Announcer;
  readonly tellDeleted: (gone: { readonly id: string; readonly ownerId: string }) => Promise<void>;
}): Removal {
  const { ctx, announcer, tellDeleted } = deps;

  const deleteMessages = async (conversationId: string): Promise<void> => {
    for (;;) {
      const { items } = await ctx
        .store(messageEntity, ctx.system)
        .list({ where: { conversationId }, limit: BATCH_SIZE });
      if (items.length === 0) return;
      await ctx.transaction(async (tx) => {
        for (const { id } of items) await tx.store(messageEntity, ctx.system).delete(id);
      });
    }
  };

  // The conversation goes last, so that a restart finds what is left to do.
  const complete = async (id: string, ownerId: string): Promise<void> => {
    await deleteMessages(id);
    await tellDeleted({ id, ownerId });
    await ctx.store(conversationEntity, ctx.system).delete(id);
  };

  return {
    async remove(principal, id) {
      const record = await ctx.store(conversationEntity, principal).find(id);
      if (!record || record.removedAt !== undefined) throw conversationErrors.NOT_FOUND({ id });
      const ownerId = record.ownerId ?? principal.id;
      await ctx.store(conversationEntity, principal).update(id, { removedAt: new Date(ctx.clock.now()).toISOString() });
      await announcer.removed(ownerId, id);
      await complete(id, ownerId);
    },
    async resume() {
      const { items } = await ctx.store(conversationEntity, ctx.system).list({
        where: { removedAt: { exists: true } },
        limit: 1_000,
      });
      for (const { id, ownerId = '' } of items) {
        await complete(id, ownerId);
        ctx.log.info('Completed a deletion that was interrupted', { conversationId: id });
      }
    },
  };
}

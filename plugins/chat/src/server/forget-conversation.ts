import { isFinal } from '@parley/contracts';
import type { SystemPrincipal } from '@parley/contracts';
import type { PluginContext } from '@parley/kernel';
import { activeRunEntity, runEntity } from './entities.ts';
import type { SealedLogs } from './sealed-log.ts';
import type { StopRun } from './stop-run.ts';

const PAGE_SIZE = 100;

/** Ends and removes every run of a conversation that is being deleted; may be repeated after a kill. */
export function createForgetConversation(deps: {
  readonly ctx: Pick<PluginContext<unknown>, 'store' | 'transaction'>;
  readonly system: SystemPrincipal;
  readonly stop: StopRun;
  readonly sealedLogs: Pick<SealedLogs, 'remove'>;
}): (gone: { readonly id: string; readonly ownerId: string }) => Promise<void> {
  const { ctx, system, stop, sealedLogs } = deps;
  return async ({ id: conversationId, ownerId }) => {
    for (;;) {
      const { items } = await ctx
        .store(runEntity, system)
        .list({ where: { ownerId, conversationId }, limit: PAGE_SIZE });
      if (items.length === 0) return;
      for (const { id, state } of items) {
        if (!isFinal(state)) await stop(system, id);
        await sealedLogs.remove({ runId: id, ownerId });
        await ctx.transaction(async (tx) => {
          if (await tx.store(activeRunEntity, system).find(id)) await tx.store(activeRunEntity, system).delete(id);
          await tx.store(runEntity, system).delete(id);
        });
      }
    }
  };
}

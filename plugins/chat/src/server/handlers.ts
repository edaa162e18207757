import { isFinal } from '@parley/contracts';
import type { Handlers, Principal } from '@parley/contracts';
import type { PluginContext } from '@parley/kernel';
import { chatErrors } from '@parley/plugin-chat/contract';
import type { chatContract } from '@parley/plugin-chat/contract';
import type { Admitted, Admit } from './admission.ts';
import { activeRunEntity, runEntity, toRun } from './entities.ts';
import { followRun } from './follow-run.ts';
import type { FollowDeps } from './follow-run.ts';
import type { StopRun } from './stop-run.ts';

const MAX_ACTIVE = 100;

/** The operations of this plugin. */
export function createHandlers(deps: {
  readonly ctx: Pick<PluginContext<unknown>, 'store'>;
  readonly admit: Admit;
  readonly start: (admitted: Admitted) => void;
  readonly stop: StopRun;
  readonly follow: FollowDeps;
}): Handlers<(typeof chatContract)['operations']> {
  const { ctx, admit, start, stop, follow } = deps;
  const find = async (principal: Principal, id: string) => {
    const record = await ctx.store(runEntity, principal).find(id);
    if (!record) throw chatErrors.RUN_NOT_FOUND({ id });
    return record;
  };
  return {
    async send(input, call) {
      const admitted = await admit(input, call);
      start(admitted);
      return admitted.receipt;
    },
    async stream({ streamId, lastEventId = 0 }, { principal, signal }) {
      const run = await find(principal, streamId);
      if (isFinal(run.state) && lastEventId >= (run.lastSeq ?? 0)) return undefined;
      return followRun(follow, { run, ownerId: run.ownerId ?? principal.id, after: lastEventId, signal });
    },
    abort: ({ runId }, { principal }) => stop(principal, runId),
    run: async ({ runId }, { principal }) => toRun(await find(principal, runId)),
    async activeRuns({ conversationId }, { principal }) {
      const all = ctx.store(activeRunEntity, principal);
      const wanted = conversationId === undefined ? all : all.within(conversationId);
      const { items } = await wanted.list({ limit: MAX_ACTIVE });
      const runs = await Promise.all(items.map(({ id }) => ctx.store(runEntity, principal).find(id)));
      return { items: runs.filter((run) => run !== undefined).map(toRun) };
    },
  };
}

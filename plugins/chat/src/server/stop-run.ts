import { isAppError, isFinal } from '@parley/contracts';
import type { Bus, Principal, Run } from '@parley/contracts';
import type { PluginContext } from '@parley/kernel';
import { chatErrors } from '@parley/plugin-chat/contract';
import { Waiter } from './doorbell.ts';
import type { Doorbell } from './doorbell.ts';
import { activeRunEntity, runEntity, toRun } from './entities.ts';
import type { RunRecord } from './entities.ts';
import type { LiveRun } from './live-run.ts';

/** Topic on which nodes ask each other to stop a run; the message is its id. */
export const STOP_TOPIC = 'chat.stop';

const WAIT_MS = 2_000;
const POLL_MS = 250;

/**
 * Stops a run of the principal wherever it runs, and resolves with it as it is then.
 * @throws CHAT_RUN_NOT_FOUND
 */
export type StopRun = (principal: Principal, runId: string) => Promise<Run>;

/** Stops runs: those of this process directly, those of others through the bus and their record. */
export function createStopRun(deps: {
  readonly ctx: Pick<PluginContext<unknown>, 'store'>;
  readonly live: ReadonlyMap<string, LiveRun>;
  readonly bus: Bus;
  readonly doorbell: Doorbell;
}): StopRun {
  const { ctx, live, bus, doorbell } = deps;
  const find = async (principal: Principal, id: string) => {
    const record = await ctx.store(runEntity, principal).find(id);
    if (!record) throw chatErrors.RUN_NOT_FOUND({ id });
    return record;
  };

  const stopElsewhere = async (principal: Principal, { id, conversationId }: RunRecord): Promise<void> => {
    await ctx
      .store(activeRunEntity, principal)
      .within(conversationId)
      .update(id, { isStopRequested: true })
      .catch((error: unknown) => {
        if (!isAppError(error, 'STORAGE_NOT_FOUND')) throw error;
      });
    await bus.publish(STOP_TOPIC, id);
    const waiter = new Waiter();
    const unlisten = doorbell.listen(id, waiter.wake);
    try {
      for (let waitedMs = 0; waitedMs < WAIT_MS; waitedMs += POLL_MS) {
        if (isFinal((await find(principal, id)).state)) return;
        await waiter.wait(POLL_MS);
      }
    } finally {
      unlisten();
    }
  };

  return async (principal, id) => {
    const record = await find(principal, id);
    if (isFinal(record.state)) return toRun(record);
    const run = live.get(id);
    if (run) {
      run.stop({ state: 'stopped' });
      await run.ended;
    } else {
      await stopElsewhere(principal, record);
    }
    return toRun(await find(principal, id));
  };
}

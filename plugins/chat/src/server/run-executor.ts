import { isAppError } from '@parley/contracts';
import type { Logger } from '@parley/kernel';
import { chatErrors, chatStream } from '@parley/plugin-chat/contract';
import type { ConversationStore } from '@parley/plugin-conversations/contract';
import type { ModelDirectory } from '@parley/plugin-models/contract';
import { openAnswer } from './answer.ts';
import type { Answer, RunLimits } from './answer.ts';
import { createAskModel } from './ask-model.ts';
import type { EndedRun, EndRun } from './end-run.ts';
import type { LiveRun, Outcome } from './live-run.ts';
import type { LogWriter } from './log-writer.ts';
import { providerOf } from './provider-of.ts';
import type { NodeNews } from './node-news.ts';
import { interrupted } from './recovery.ts';
import { createRouteRun } from './route-run.ts';
import { toProblem } from './to-problem.ts';

/** Runs answers in the background, from admission to their end. */
export interface RunExecutor {
  /** Runs of this process that are not final, by id. */
  readonly live: ReadonlyMap<string, LiveRun>;
  /** Starts an admitted run; resolves once it is final. Never rejects. */
  start(run: LiveRun): Promise<void>;
  /** Ends a run whose journal another process has closed: it counts here only if nobody has ended it before. */
  giveUp(run: LiveRun): void;
}

/** An executor over a log writer and whatever saves the end of a run. */
export function createRunExecutor(deps: {
  readonly writer: LogWriter;
  readonly conversations: Pick<ConversationStore, 'branch'>;
  readonly models: Pick<ModelDirectory, 'find' | 'parameters'>;
  readonly endRun: EndRun;
  readonly news: Pick<NodeNews, 'announce'>;
  readonly log: Logger;
  readonly limits: RunLimits & { readonly maxRunMs: number };
}): RunExecutor {
  const { writer, conversations, models, endRun, news, log, limits } = deps;
  const live = new Map<string, LiveRun>();
  const routeRun = createRouteRun({ askModel: createAskModel({ writer, conversations, models }), log });

  const fail = (run: LiveRun, error: unknown): Outcome => {
    const { model } = run;
    if (!isAppError(error)) log.error('A run failed in an unexpected way', { error, runId: run.id, model });
    const provider = providerOf(model);
    return { state: 'failed', error: toProblem(error, { provider, requestId: run.call.requestId }) };
  };

  const produce = async (run: LiveRun, answer: Answer): Promise<Outcome> => {
    try {
      return await routeRun(run, answer);
    } catch (error) {
      return run.signal.aborted ? await run.stopped : fail(run, error);
    }
  };

  // A provider that ignores the abort must not hold up the end, so the stop does not wait for it.
  const execute = async (run: LiveRun): Promise<EndedRun | undefined> => {
    const answer = openAnswer({ run, taps: run.admitted.pin.hook(chatStream), writer, limits, log });
    const minutes = Math.round(limits.maxRunMs / 60_000);
    const timer = setTimeout(
      () => run.stop(fail(run, chatErrors.LIMIT({ limit: `${minutes} minutes` }))),
      limits.maxRunMs,
    ).unref();
    const outcome = await Promise.race([produce(run, answer), run.stopped]);
    clearTimeout(timer);
    answer.close();
    run.stop(outcome);
    await writer.release(run);
    const { ownerId, pin } = run.admitted;
    const ended = await endRun({ id: run.id, ownerId, recorder: run.recorder, pin }, outcome);
    if (ended?.end) run.commit(ended.end);
    run.admitted.hold[Symbol.dispose]();
    return ended;
  };

  return {
    live,
    async start(run) {
      live.set(run.id, run);
      let told: Promise<void> | undefined;
      try {
        told = (await execute(run))?.told;
      } catch (error) {
        log.error('A run could not be ended; the next start of the server will', { error, runId: run.id });
      } finally {
        live.delete(run.id);
        run.markEnded();
        news.announce([run]);
        // Whoever hears of the end is of the run's own time, so their plugins live until they have.
        void Promise.resolve(told).finally(() => run.admitted.pin[Symbol.dispose]());
      }
    },
    giveUp(run) {
      if (run.signal.aborted) return;
      log.warn('Another process took this one for dead; a run is ended here', { runId: run.id });
      run.stop(interrupted(run.call.requestId));
    },
  };
}

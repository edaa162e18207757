import { isAppError, modelErrors } from '@parley/contracts';
import type { AppError } from '@parley/contracts';
import type { Logger } from '@parley/kernel';
import { chatRoute } from '@parley/plugin-chat/contract';
import type { Route } from '@parley/plugin-chat/contract';
import { modelsErrors } from '@parley/plugin-models/contract';
import type { Answer } from './answer.ts';
import type { AskModel } from './ask-model.ts';
import type { LiveRun, Outcome } from './live-run.ts';
import { providerOf } from './provider-of.ts';

const MAX_ATTEMPTS = 5;

/** Failures of one model or its provider, where another may do; of the others each would fail in the same way. */
const OF_THE_MODEL: ReadonlySet<string> = new Set([
  ...['UNAVAILABLE', 'QUOTA', 'RATE_LIMIT', 'TIMEOUT', 'AUTH', 'NEEDS_KEY', 'NOT_FOUND'].map(
    (name) => modelErrors[name as keyof typeof modelErrors].code,
  ),
  modelsErrors.UNKNOWN.code,
  modelsErrors.NOT_ALLOWED.code,
  'KERNEL_BREAKER_OPEN',
  'KERNEL_CAPABILITY_NOT_FOUND',
  'KERNEL_CAPABILITY_TIMEOUT',
]);

/** Asks the model that the taps of `chat.route` name, and after a failure the next one they name. */
export type RouteRun = (run: LiveRun, answer: Answer) => Promise<Outcome>;

/** Routes over whoever asks one model. */
export function createRouteRun(deps: { readonly askModel: AskModel; readonly log: Logger }): RouteRun {
  const { askModel, log } = deps;

  const toKnown = (run: LiveRun, error: unknown): AppError => {
    if (isAppError(error)) return error;
    const { id: runId, model } = run;
    log.error('A provider failed in an unexpected way', { error, runId, model });
    return modelErrors.UNAVAILABLE({ provider: providerOf(model) });
  };

  return async (run, answer) => {
    const { conversationId, model: wanted, pin } = run.admitted;
    const tried: string[] = [];
    const choose = (model: string, failure?: Route['failure']): Promise<Route> =>
      pin.hook(chatRoute).run(
        {
          conversationId,
          runId: run.id,
          wanted,
          model,
          attempt: tried.length,
          tried: [...tried],
          ...(failure ? { failure } : {}),
        },
        run.call,
      );

    let choice = await choose(wanted);
    for (;;) {
      run.signal.throwIfAborted();
      const { model, reason } = choice;
      try {
        return await askModel(run, answer, { model, ...(reason === undefined ? {} : { reason }) });
      } catch (failed) {
        run.signal.throwIfAborted();
        const error = toKnown(run, failed);
        tried.push(model);
        if (answer.hasBegun() || !OF_THE_MODEL.has(error.code) || tried.length >= MAX_ATTEMPTS) throw error;
        const next = await choose(model, { code: error.code, message: error.message });
        if (tried.includes(next.model)) throw error;
        log.info('A model could not answer, so another is asked', { runId: run.id, model, next: next.model, error });
        // Nobody is to wonder why another model answers.
        choice = { ...next, reason: next.reason ?? error.message };
      }
    }
  };
}

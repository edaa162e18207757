import { modelProvider } from '@parley/contracts';
import type { ModelProvider, ModelRequest } from '@parley/contracts';
import { chatPrompt } from '@parley/plugin-chat/contract';
import type { Prompt } from '@parley/plugin-chat/contract';
import type { ConversationStore } from '@parley/plugin-conversations/contract';
import type { ModelDirectory, ModelTarget } from '@parley/plugin-models/contract';
import { takeAnswer } from './answer.ts';
import type { Answer } from './answer.ts';
import { buildPrompt } from './build-prompt.ts';
import { fitParameters } from './fit-parameters.ts';
import type { LiveRun, Outcome } from './live-run.ts';
import type { LogWriter } from './log-writer.ts';
import { traceModel } from './trace-model.ts';

/** A model to be asked for the answer of a run. */
export interface ModelChoice {
  /** `provider/model`. */
  readonly model: string;
  /** Why it is another one, for people. */
  readonly reason?: string;
}

/** Asks one model for an answer and takes it to its end. @throws what the model or its provider fails with */
export type AskModel = (run: LiveRun, answer: Answer, choice: ModelChoice) => Promise<Outcome>;

/** The request to a provider for an admitted run. */
function toModelRequest(run: LiveRun, target: ModelTarget, prompt: Prompt): ModelRequest {
  const { principal, requestId } = run.call;
  const { system, messages, tools, parameters, builtInTools } = prompt;
  const instructions = { role: 'system' as const, parts: [{ type: 'text' as const, text: system }] };
  return {
    model: target.model,
    messages: system === '' ? messages : [instructions, ...messages],
    tools,
    parameters,
    principal,
    requestId,
    ...(builtInTools.length === 0 ? {} : { builtInTools }),
    ...(target.credentials ? { credentials: target.credentials } : {}),
  };
}

/** Asks models through the directory and the providers that a run has pinned. */
export function createAskModel(deps: {
  readonly writer: Pick<LogWriter, 'roomFor'>;
  readonly conversations: Pick<ConversationStore, 'branch'>;
  readonly models: Pick<ModelDirectory, 'find' | 'parameters'>;
}): AskModel {
  const { writer, conversations, models } = deps;

  const stream = async (run: LiveRun, answer: Answer, request: ModelRequest, provider: ModelProvider) => {
    const tracing = traceModel(run, request);
    try {
      const events = provider.stream(request, run.signal);
      const outcome = await takeAnswer({ events, answer, run, writer, onFirstEvent: () => tracing?.firstEvent() });
      tracing?.end();
      return outcome;
    } catch (error) {
      tracing?.end(error);
      throw error;
    }
  };

  return async (run, answer, choice) => {
    const { pin } = run.admitted;
    run.model = choice.model;
    answer.ask(choice);
    const target = await models.find(run.call.principal, choice.model, run.signal);
    answer.ask({ ...choice, prices: target.info });
    const { parameters, notices } = await fitParameters(models, run);
    for (const notice of notices) answer.take(notice);
    const prompt = await buildPrompt({ conversations, shape: pin.hook(chatPrompt), run, parameters });
    run.signal.throwIfAborted();
    using lease = pin.live(modelProvider).lease(target.provider);
    return await stream(run, answer, toModelRequest(run, target, prompt), lease.value);
  };
}

import { modelErrors, Part, Usage } from '@parley/contracts';
import type { HookRunner, ModelEvent, ModelRequest, StreamPipe } from '@parley/contracts';
import type { Logger } from '@parley/kernel';
import { chatErrors } from '@parley/plugin-chat/contract';
import type { chatStream, Prompt, StreamPart } from '@parley/plugin-chat/contract';
import type { ModelTarget } from '@parley/plugin-models/contract';
import type { LiveRun, Outcome } from './live-run.ts';
import type { LogWriter } from './log-writer.ts';
import { providerOf } from './provider-of.ts';
import { toProblem } from './to-problem.ts';

/** How much one run may say. */
export interface RunLimits {
  readonly maxRunBytes: number;
  readonly maxRunEvents: number;
}

/** Text a run may hold that the log has not taken; then its provider waits. Units: UTF-16 code units. */
const MAX_UNWRITTEN_LENGTH = 64 * 1_024;

/** The way of one answer from the provider through the taps into the run's log. */
export interface Answer {
  /** Takes one event of the provider. Resolves with the outcome when it was the last; costs no promise otherwise. */
  take(event: ModelEvent): Outcome | undefined;
  /** Releases what taps hold and lets nothing more in. */
  close(): void;
  /** Whether the provider has to wait until the log has caught up. */
  isAhead(): boolean;
}

/** Opens the taps of `chat.stream` over a run. */
export function openAnswer(deps: {
  readonly run: LiveRun;
  readonly taps: HookRunner<typeof chatStream>;
  readonly writer: Pick<LogWriter, 'mark'>;
  readonly limits: RunLimits;
  readonly log: Pick<Logger, 'warn'>;
}): Answer {
  const { run, taps, writer, limits, log } = deps;
  const { recorder, call } = run;
  const { conversationId, id: runId, model } = run.admitted;
  const provider = providerOf(model);
  let isClosed = false;

  const addPart = (part: unknown): void => {
    const parsed = Part.safeParse(part);
    if (parsed.success) recorder.addPart(parsed.data);
    else log.warn('A part that fits no part type was left out', { runId, model, reason: parsed.error.message });
  };
  const sink = (part: StreamPart): void => {
    if (isClosed) return;
    if (part.type === 'part') addPart(part.part);
    else recorder.append(part.type, part.text, part.opaque);
    writer.mark(run);
  };
  const pipe: StreamPipe<StreamPart> = taps.open({ conversationId, runId, model }, sink, call);

  const limitReached = (): Outcome | undefined => {
    const isTooLong = recorder.totalBytes + recorder.pendingLength > limits.maxRunBytes;
    if (!isTooLong && recorder.seq <= limits.maxRunEvents) return undefined;
    const limit = isTooLong ? `${limits.maxRunBytes} bytes` : `${limits.maxRunEvents} events`;
    return { state: 'failed', error: toProblem(chatErrors.LIMIT({ limit }), { provider, requestId: call.requestId }) };
  };

  const finish = (reason: (ModelEvent & { type: 'finish' })['reason']): Outcome => {
    if (reason === 'content-filter') {
      const error = modelErrors.CONTENT_POLICY({ provider });
      return { state: 'failed', error: toProblem(error, { provider, requestId: call.requestId }) };
    }
    if (reason === 'length') {
      recorder.closePart();
      recorder.add({ type: 'notice', level: 'warning', text: 'The answer reached the longest this model can give.' });
    }
    return { state: 'completed' };
  };

  return {
    take(event) {
      switch (event.type) {
        case 'text':
        case 'reasoning':
        case 'part':
          pipe.push(event);
          return limitReached();
        case 'tool-call':
          recorder.addToolCall(event);
          writer.mark(run, { isBarrier: true });
          return limitReached();
        case 'notice':
          recorder.closePart();
          recorder.add({ type: 'notice', level: event.level, text: event.text });
          writer.mark(run);
          return limitReached();
        case 'usage': {
          const usage = Usage.safeParse(event.usage);
          if (usage.success) recorder.addUsage(usage.data);
          return undefined;
        }
        case 'finish':
          pipe.end();
          return finish(event.reason);
        default:
          return undefined;
      }
    },
    close() {
      if (isClosed) return;
      try {
        pipe.end();
      } finally {
        isClosed = true;
      }
    },
    isAhead: () => recorder.pendingLength > MAX_UNWRITTEN_LENGTH,
  };
}

/**
 * Takes an answer to its end, to a limit, or to the run's stop.
 * @throws MODEL_UNAVAILABLE when the provider stops without `finish`, which is how a cut connection looks
 */
export async function takeAnswer(deps: {
  readonly events: AsyncIterable<ModelEvent>;
  readonly answer: Answer;
  readonly run: LiveRun;
  readonly writer: Pick<LogWriter, 'roomFor'>;
  readonly onFirstEvent?: () => void;
}): Promise<Outcome> {
  const { events, answer, run, writer } = deps;
  const iterator = events[Symbol.asyncIterator]();
  try {
    let next = await iterator.next();
    deps.onFirstEvent?.();
    for (; !next.done; next = await iterator.next()) {
      run.signal.throwIfAborted();
      const outcome = answer.take(next.value);
      if (outcome) return outcome;
      if (answer.isAhead()) await writer.roomFor(run);
    }
  } finally {
    // Not awaited as `for await` would: an upstream that is slow to close must not hold up the end of the run.
    iterator.return?.().catch(() => undefined);
  }
  throw modelErrors.UNAVAILABLE({ provider: providerOf(run.admitted.model) });
}

/** The request to a provider for an admitted run. */
export function toModelRequest(run: LiveRun, target: ModelTarget, prompt: Prompt): ModelRequest {
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

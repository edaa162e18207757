import { modelErrors, Part, Usage } from '@parley/contracts';
import type { HookRunner, ModelEvent, ModelPrices, StreamPipe } from '@parley/contracts';
import type { Logger } from '@parley/kernel';
import { chatErrors } from '@parley/plugin-chat/contract';
import type { chatStream, StreamPart } from '@parley/plugin-chat/contract';
import { costUsd } from '@parley/plugin-models/contract';
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

/** Events that come before the answer itself; beyond these it counts as begun. */
const MAX_HELD = 100;

/** Who is asked next. */
export interface Asked {
  /** `provider/model`. */
  readonly model: string;
  readonly prices?: ModelPrices | undefined;
  /** Why it is another model than before, for people. */
  readonly reason?: string | undefined;
}

/** The way of one answer from the providers that are asked for it through the taps into the run's log. */
export interface Answer {
  /** Another model is asked, or the first: what one before has said of a request that failed is dropped. */
  ask(asked: Asked): void;
  /** Whether something of the answer may have been shown, so that nobody else can be asked any more. */
  hasBegun(): boolean;
  /** Takes one event of the provider. Resolves with the outcome when it was the last; costs no promise otherwise. */
  take(event: ModelEvent): Outcome | undefined;
  /** Releases what taps hold and lets nothing more in. */
  close(): void;
  /** Whether the provider has to wait until the log has caught up. */
  isAhead(): boolean;
}

/** An answer over a run; the taps of `chat.stream` are opened when the first model begins to answer. */
export function openAnswer(deps: {
  readonly run: LiveRun;
  readonly taps: HookRunner<typeof chatStream>;
  readonly writer: Pick<LogWriter, 'mark'>;
  readonly limits: RunLimits;
  readonly log: Pick<Logger, 'warn'>;
}): Answer {
  const { run, taps, writer, limits, log } = deps;
  const { recorder, call } = run;
  const { conversationId, id: runId } = run.admitted;
  let told = run.admitted.model;
  let asked: Asked = { model: told };
  let held: ModelEvent[] = [];
  let pipe: StreamPipe<StreamPart> | undefined;
  let isClosed = false;

  const addPart = (part: unknown): void => {
    const parsed = Part.safeParse(part);
    if (parsed.success) recorder.addPart(parsed.data);
    else
      log.warn('A part that fits no part type was left out', {
        runId,
        model: asked.model,
        reason: parsed.error.message,
      });
  };
  const sink = (part: StreamPart): void => {
    if (isClosed) return;
    if (part.type === 'part') addPart(part.part);
    else recorder.append(part.type, part.text, part.opaque);
    writer.mark(run);
  };

  const addNotice = (level: 'info' | 'warning', text: string): void => {
    recorder.closePart();
    recorder.add({ type: 'notice', level, text });
  };
  const addAside = (event: ModelEvent): void => {
    if (event.type === 'notice') addNotice(event.level, event.text);
    if (event.type !== 'usage') return;
    const usage = Usage.safeParse(event.usage);
    if (!usage.success) return;
    const cost = usage.data.costUsd ?? (asked.prices && costUsd(usage.data, asked.prices));
    recorder.addUsage({ ...usage.data, ...(cost === undefined ? {} : { costUsd: cost }) });
  };
  const tell = (): void => {
    const { model, reason } = asked;
    if (model !== told) recorder.add({ type: 'model', model });
    if (reason !== undefined) addNotice('info', reason);
    told = model;
    asked = { model, prices: asked.prices };
    held.forEach(addAside);
    held = [];
    writer.mark(run);
  };
  const begin = (): StreamPipe<StreamPart> => {
    if (pipe) return pipe;
    tell();
    pipe = taps.open({ conversationId, runId, model: asked.model }, sink, call);
    return pipe;
  };

  const toFailure = (error: unknown): Outcome => ({
    state: 'failed',
    error: toProblem(error, { provider: providerOf(asked.model), requestId: call.requestId }),
  });
  const limitReached = (): Outcome | undefined => {
    const isTooLong = recorder.totalBytes + recorder.pendingLength > limits.maxRunBytes;
    if (!isTooLong && recorder.seq <= limits.maxRunEvents) return undefined;
    const limit = isTooLong ? `${limits.maxRunBytes} bytes` : `${limits.maxRunEvents} events`;
    return toFailure(chatErrors.LIMIT({ limit }));
  };
  const finish = (reason: (ModelEvent & { type: 'finish' })['reason']): Outcome => {
    begin().end();
    if (reason === 'content-filter')
      return toFailure(modelErrors.CONTENT_POLICY({ provider: providerOf(asked.model) }));
    if (reason === 'length') addNotice('warning', 'The answer reached the longest this model can give.');
    return { state: 'completed' };
  };

  return {
    ask(next) {
      if (pipe || isClosed) return;
      held = [];
      asked = next;
    },
    hasBegun: () => pipe !== undefined,
    take(event) {
      if (isClosed) return undefined;
      switch (event.type) {
        case 'text':
        case 'reasoning':
        case 'part':
          begin().push(event);
          return limitReached();
        case 'tool-call':
          begin();
          recorder.addToolCall(event);
          writer.mark(run, { isBarrier: true });
          return limitReached();
        case 'notice':
        case 'usage':
          if (pipe) addAside(event);
          else if (held.push(event) > MAX_HELD) begin();
          if (pipe && event.type === 'notice') writer.mark(run);
          return limitReached();
        case 'finish':
          return finish(event.reason);
        default:
          return undefined;
      }
    },
    close() {
      if (isClosed) return;
      try {
        if (pipe) pipe.end();
        else tell();
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
  throw modelErrors.UNAVAILABLE({ provider: providerOf(run.model) });
}

import type { ModelRequest } from '@parley/contracts';
import type { LiveRun } from './live-run.ts';

/** One request to a model, as who traces the run is told of it. */
export interface ModelTracing {
  /** The model begins to answer. */
  firstEvent(): void;
  end(failure?: unknown): void;
}

/** Begins to trace a request; `undefined` for a run that nobody traces. */
export function traceModel(run: Pick<LiveRun, 'model' | 'call'>, asked: ModelRequest): ModelTracing | undefined {
  const { trace } = run.call;
  if (!trace) return undefined;
  const { model } = run;
  const { messages, tools, parameters } = asked;
  const startedAtMs = Date.now();
  const startedMs = performance.now();
  let firstEventMs: number | undefined;
  return {
    firstEvent() {
      firstEventMs ??= performance.now() - startedMs;
    },
    end(failure) {
      trace({
        kind: 'model',
        model,
        request: { messages, tools, parameters },
        startedAtMs,
        durationMs: performance.now() - startedMs,
        ...(firstEventMs === undefined ? {} : { firstEventMs }),
        ...(failure === undefined ? {} : { error: failure instanceof Error ? failure.message : String(failure) }),
      });
    },
  };
}

import type { AnyHook, CallContext, StreamPipe, StreamTap } from '@parley/contracts';
import { matcherOf, tapError } from './call-tap.ts';
import type { RegisteredTap, ReportFailure } from './registered-tap.ts';
import { traceStreamTap } from './trace-stream-tap.ts';

type Part = unknown;
type Sink = (part: Part) => void;
type OpenTap = (opening: unknown, call: CallContext) => StreamTap<Part> | undefined;

/** What all links of one open stream share: whether the error passing through came from the sink, not from a tap. */
interface StreamState {
  ended: boolean;
  isOwnerError: boolean;
}

/**
 * One tap inside one open stream. Under `skip` a tap that throws is taken out for the rest of the stream; what it held
 * is released, and the part it failed at goes on unless the tap had already let something out for it.
 */
function createLink(
  hook: AnyHook,
  tap: RegisteredTap,
  running: StreamTap<Part>,
  next: Sink,
  state: StreamState,
  report: ReportFailure,
) {
  const { stats } = tap.meter;
  let removed = false;
  let emitted = false;
  const emit: Sink = (part) => {
    emitted = true;
    next(part);
  };
  const fail = (error: unknown) => {
    if (state.isOwnerError) throw error;
    tap.meter.charge(error);
    if (hook.onError === 'fail') {
      state.isOwnerError = true;
      throw tapError(hook, tap, error);
    }
    removed = true;
    report({ hook, pluginId: tap.pluginId, error });
  };
  const release = () => {
    try {
      running.onEnd?.(emit);
    } catch (error) {
      if (state.isOwnerError) throw error;
      tap.meter.stats.fail(error, false);
    }
  };
  return {
    push: (part: Part) => {
      if (removed) return next(part);
      emitted = false;
      stats.calls += 1;
      try {
        running.onPart(part, emit);
      } catch (error) {
        fail(error);
        const isOut = emitted;
        release();
        if (!isOut) next(part);
      }
    },
    end: () => {
      if (removed) return;
      try {
        running.onEnd?.(emit);
      } catch (error) {
        fail(error);
      }
      if (!removed) tap.meter.answered();
    },
  };
}

function openTap(hook: AnyHook, tap: RegisteredTap, opening: unknown, call: CallContext, report: ReportFailure) {
  const { meter } = tap;
  if (!meter.enter()) {
    if (hook.onError === 'skip') return undefined;
    throw meter.refusal();
  }
  const startedMs = performance.now();
  try {
    const opened = (tap.run as OpenTap)(opening, call);
    if (opened === undefined) meter.answered();
    return opened && call.trace ? traceStreamTap(hook, tap, opened, call.trace) : opened;
  } catch (error) {
    meter.charge(error);
    if (hook.onError === 'fail') throw tapError(hook, tap, error);
    report({ hook, pluginId: tap.pluginId, error });
    return undefined;
  } finally {
    meter.leave(startedMs);
  }
}

/**
 * Opens streams through all taps of a `stream` hook. Everything is set up when a stream opens; a part then costs one
 * call per tap, with no promise, no check and nothing allocated. Without taps a part goes straight to the sink.
 */
export function createStreamRunner(hook: AnyHook, taps: readonly RegisteredTap[], report: ReportFailure) {
  const entries = taps.map((tap) => ({ tap, matches: matcherOf(tap) }));
  return {
    open(opening: unknown, sink: Sink, call: CallContext): StreamPipe<Part> {
      const running = entries.flatMap(({ tap, matches }) => {
        if (matches?.(opening) === false) return [];
        const opened = openTap(hook, tap, opening, call, report);
        return opened === undefined ? [] : [{ tap, opened }];
      });
      if (running.length === 0) return { push: sink, end: () => {} };
      const state: StreamState = { ended: false, isOwnerError: false };
      let push: Sink = (part) => {
        if (state.ended) return;
        try {
          sink(part);
        } catch (error) {
          state.isOwnerError = true;
          throw error;
        }
      };
      const ends: (() => void)[] = [];
      for (const { tap, opened } of running.toReversed()) {
        const link = createLink(hook, tap, opened, push, state, report);
        push = link.push;
        ends.unshift(link.end);
      }
      return {
        push,
        end: () => {
          if (state.ended) return;
          for (const end of ends) end();
          state.ended = true;
        },
      };
    },
  };
}

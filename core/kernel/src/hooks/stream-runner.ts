import type { AnyHook, CallContext, StreamPipe, StreamTap } from '@parley/contracts';
import { matcherOf } from './matcher.ts';
import { OpenStream, StreamLink } from './open-stream.ts';
import type { RegisteredTap, ReportFailure } from './registered-tap.ts';
import { tapError } from './tap-error.ts';
import { traceStreamTap } from './trace-stream-tap.ts';

type Part = unknown;
type OpenTap = (opening: unknown, call: CallContext) => StreamTap<Part> | undefined;

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
    open(opening: unknown, sink: (part: Part) => void, call: CallContext): StreamPipe<Part> {
      const links = entries.flatMap(({ tap, matches }) => {
        if (matches?.(opening) === false) return [];
        const running = openTap(hook, tap, opening, call, report);
        return running === undefined ? [] : [new StreamLink(tap, running)];
      });
      return links.length === 0 ? { push: sink, end: () => {} } : new OpenStream(hook, links, sink, report);
    },
  };
}

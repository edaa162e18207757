import type { AnyHook, CallContext } from '@parley/contracts';
import { matcherOf, tapError, tapTimeout } from './call-tap.ts';
import type { RegisteredTap, ReportFailure } from './registered-tap.ts';

type Base = (value: unknown) => Promise<unknown>;
type AroundTap = (value: unknown, next: Base, call: CallContext) => Promise<unknown>;

/**
 * One tap's own time: it runs while the tap does, and stands still while the tap waits for `next`, so that a limit of
 * one second can wrap an answer of a minute.
 */
function createOwnTime(timeoutMs: number, onTimeout: (elapsedMs: number) => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let spentMs = 0;
  let resumedMs = performance.now();
  let inner = 0;
  let ended = false;
  const resume = () => {
    if (ended) return;
    resumedMs = performance.now();
    timer = setTimeout(() => onTimeout(Math.round(spentMs + performance.now() - resumedMs)), timeoutMs - spentMs);
  };
  const pause = () => {
    clearTimeout(timer);
    spentMs += performance.now() - resumedMs;
  };
  resume();
  return {
    enterNext: () => {
      if (inner === 0) pause();
      inner += 1;
    },
    leaveNext: () => {
      inner -= 1;
      if (inner === 0) resume();
    },
    end: (): number => {
      if (inner === 0) pause();
      ended = true;
      return spentMs;
    },
  };
}

interface Wrapping {
  readonly hook: AnyHook;
  readonly tap: RegisteredTap;
  readonly report: ReportFailure;
}

/** What `next` gave last, so that a tap failing after it costs nothing under `skip`. */
type Inner = { readonly error: unknown } | { readonly value: unknown };

async function runAround({ hook, tap, report }: Wrapping, value: unknown, base: Base, call: CallContext) {
  const outcome = Promise.withResolvers<unknown>();
  const ownTime = createOwnTime(hook.timeoutMs, (elapsedMs) => outcome.reject(tapTimeout(hook, tap, elapsedMs)));
  let inner: Inner | undefined;
  const next: Base = async (changed) => {
    ownTime.enterNext();
    try {
      const answer = await base(changed);
      inner = { value: answer };
      return answer;
    } catch (error) {
      inner = { error };
      throw error;
    } finally {
      ownTime.leaveNext();
    }
  };
  tap.stats.calls += 1;
  try {
    Promise.resolve((tap.run as AroundTap)(value, next, call)).then(outcome.resolve, outcome.reject);
    return await outcome.promise;
  } catch (error) {
    if (inner !== undefined && 'error' in inner && inner.error === error) throw error;
    tap.stats.errors += 1;
    const failure = tapError(hook, tap, error);
    if (hook.onError === 'fail') throw failure;
    report({ hook, pluginId: tap.pluginId, error: failure });
    if (inner === undefined) return await base(value);
    if ('error' in inner) throw inner.error;
    return inner.value;
  } finally {
    tap.stats.totalMs += ownTime.end();
  }
}

/** Runs a call inside all taps of an `around` hook, the first tap outermost. */
export function createAroundRunner(hook: AnyHook, taps: readonly RegisteredTap[], report: ReportFailure) {
  const wrappings = taps.map((tap) => ({ hook, tap, report, matches: matcherOf(tap) }));
  return {
    run(value: unknown, base: Base, call: CallContext): Promise<unknown> {
      const enter = (index: number, current: unknown): Promise<unknown> => {
        const wrapping = wrappings[index];
        if (wrapping === undefined) return base(current);
        const next: Base = (changed) => enter(index + 1, changed);
        if (wrapping.matches?.(current) === false) return next(current);
        return runAround(wrapping, current, next, call);
      };
      return enter(0, value);
    },
  };
}

import type { AnyHook, CallContext } from '@parley/contracts';
import { reasonOf } from '../kernel-errors.ts';
import { hold, release, usesOf } from './uses.ts';
import { matcherOf } from './matcher.ts';
import { tapError, tapTimeout } from './tap-error.ts';
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

/** Tells who traces the call what a tap made of the value and of what came back. */
function traceAround(
  { hook, tap }: Wrapping,
  call: CallContext,
  seen: { readonly value: unknown; readonly passedOn: readonly unknown[]; readonly inner: Inner | undefined },
  end: {
    readonly startedAtMs: number;
    readonly durationMs: number;
    readonly output?: unknown;
    readonly error?: string;
  },
): void {
  const { value, passedOn, inner } = seen;
  const isSame =
    passedOn.every((given) => given === value) && (!inner || 'error' in inner || inner.value === end.output);
  const outcome = inner === undefined ? 'answered' : isSame ? 'passed' : 'changed';
  call.trace?.({
    kind: 'tap',
    hook: hook.id,
    pluginId: tap.pluginId,
    input: value,
    output: undefined,
    outcome: end.error === undefined ? outcome : 'failed',
    ...end,
  });
}

/** What `next` gave last, so that a tap failing after it costs nothing under `skip`. */
type Inner = { readonly error: unknown } | { readonly value: unknown };

async function runAround({ hook, tap, report }: Wrapping, value: unknown, base: Base, call: CallContext) {
  const { meter } = tap;
  if (!meter.enter()) {
    if (hook.onError === 'skip') return await base(value);
    throw meter.refusal();
  }
  const outcome = Promise.withResolvers<unknown>();
  const ownTime = createOwnTime(hook.timeoutMs, (elapsedMs) => outcome.reject(tapTimeout(hook, tap, elapsedMs)));
  let inner: Inner | undefined;
  const passedOn: unknown[] = [];
  const startedAtMs = call.trace === undefined ? 0 : Date.now();
  let ended: { output?: unknown; error?: string } = {};
  const next: Base = async (changed) => {
    if (call.trace) passedOn.push(changed);
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
  meter.start();
  try {
    Promise.resolve((tap.run as AroundTap)(value, next, call)).then(outcome.resolve, outcome.reject);
    const output = await outcome.promise;
    ended = { output };
    meter.answered();
    return output;
  } catch (error) {
    // What comes from inside is to nobody's account here.
    if (inner !== undefined && 'error' in inner && inner.error === error) throw error;
    ended = { error: reasonOf(error) };
    if (!call.signal.aborted) meter.charge(error);
    const failure = tapError(hook, tap, error);
    if (hook.onError === 'fail') throw failure;
    report({ hook, pluginId: tap.pluginId, error: failure });
    if (inner === undefined) return await base(value);
    if ('error' in inner) throw inner.error;
    return inner.value;
  } finally {
    const durationMs = ownTime.end();
    meter.stats.time(durationMs);
    if (call.trace)
      traceAround({ hook, tap, report }, call, { value, passedOn, inner }, { startedAtMs, durationMs, ...ended });
  }
}

/** Runs a call inside all taps of an `around` hook, the first tap outermost. */
export function createAroundRunner(hook: AnyHook, taps: readonly RegisteredTap[], report: ReportFailure) {
  const uses = usesOf(taps);
  const wrappings = taps.map((tap) => ({ hook, tap, report, matches: matcherOf(tap) }));
  return {
    async run(value: unknown, base: Base, call: CallContext): Promise<unknown> {
      const enter = (index: number, current: unknown): Promise<unknown> => {
        const wrapping = wrappings[index];
        if (wrapping === undefined) return base(current);
        const next: Base = (changed) => enter(index + 1, changed);
        if (wrapping.matches?.(current) === false) return next(current);
        return runAround(wrapping, current, next, call);
      };
      hold(uses);
      try {
        return await enter(0, value);
      } finally {
        release(uses);
      }
    },
  };
}

import { isAppError } from '@parley/contracts';
import type { AnyHook, AppError, CallContext, TapOutcome, Verdict } from '@parley/contracts';
import { kernelErrors, reasonOf } from '../kernel-errors.ts';
import { isPromiseLike, withTimeLimit } from '../time-limit.ts';
import type { RegisteredTap } from './registered-tap.ts';

/** The error of a tap as the hook's caller sees it: application errors as they are, others without their words. */
export const tapError = (hook: AnyHook, tap: RegisteredTap, error: unknown): AppError =>
  isAppError(error) ? error : kernelErrors.HOOK_FAILED({ plugin: tap.pluginId, hook: hook.id }, error);

/** The error of a tap that took too long. */
export const tapTimeout = (hook: AnyHook, tap: RegisteredTap, elapsedMs: number): AppError =>
  kernelErrors.HOOK_TIMEOUT({ plugin: tap.pluginId, hook: hook.id, timeoutMs: hook.timeoutMs, elapsedMs });

/** Whether a tap wants this value. `undefined` for a tap that takes all. */
export function matcherOf(tap: RegisteredTap): ((value: unknown) => boolean) | undefined {
  const tests = Object.entries(tap.order.when ?? {});
  if (tests.length === 0) return undefined;
  return (value) => {
    if (typeof value !== 'object' || value === null) return false;
    const fields = value as Readonly<Record<string, unknown>>;
    return tests.every(([field, expected]) => fields[field] === expected);
  };
}

/**
 * Runs one tap that its breaker lets through, within the hook's time limit, counted and timed. A tap that answers at
 * once costs no timer.
 * @throws the tap's own AppError, KERNEL_HOOK_FAILED, KERNEL_HOOK_TIMEOUT
 */
export function callTap(hook: AnyHook, tap: RegisteredTap, value: unknown, call: CallContext): Promise<unknown> {
  return call.trace === undefined ? runTap(hook, tap, value, call) : traceTap(hook, tap, value, call);
}

async function runTap(hook: AnyHook, tap: RegisteredTap, value: unknown, call: CallContext): Promise<unknown> {
  const { meter } = tap;
  const startedMs = meter.start();
  try {
    let answer = (tap.run as (value: unknown, call: CallContext) => unknown)(value, call);
    if (isPromiseLike(answer)) {
      answer = await withTimeLimit(answer, hook.timeoutMs, (elapsedMs) => tapTimeout(hook, tap, elapsedMs));
    }
    meter.pass(startedMs);
    return answer;
  } catch (error) {
    if (call.signal.aborted) meter.leave(startedMs);
    else meter.fail(startedMs, error);
    throw tapError(hook, tap, error);
  }
}

/** Runs one tap and tells who traces the call what it did. */
async function traceTap(hook: AnyHook, tap: RegisteredTap, value: unknown, call: CallContext): Promise<unknown> {
  const startedMs = performance.now();
  const base = { kind: 'tap', hook: hook.id, pluginId: tap.pluginId, startedAtMs: Date.now(), input: value } as const;
  const durationMs = () => performance.now() - startedMs;
  try {
    const output = await runTap(hook, tap, value, call);
    call.trace?.({ ...base, durationMs: durationMs(), output, outcome: outcomeOf(hook, value, output) });
    return output;
  } catch (error) {
    const failed = { outcome: 'failed', output: undefined, error: reasonOf(error) } as const;
    call.trace?.({ ...base, ...failed, durationMs: durationMs() });
    throw error;
  }
}

function outcomeOf({ kind }: AnyHook, input: unknown, output: unknown): TapOutcome {
  if (kind === 'gate') return (output as Partial<Verdict> | undefined)?.allow === true ? 'allowed' : 'denied';
  if (kind === 'waterfall') return output === undefined || output === input ? 'passed' : 'changed';
  if (kind === 'bail' || kind === 'collect') return output === undefined ? 'passed' : 'answered';
  return 'ran';
}

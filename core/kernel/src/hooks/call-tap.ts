import { isAppError } from '@parley/contracts';
import type { AnyHook, AppError, CallContext } from '@parley/contracts';
import { kernelErrors } from '../kernel-errors.ts';
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
 * Runs one tap within the hook's time limit, counted and timed. A tap that answers at once costs no timer.
 * @throws the tap's own AppError, KERNEL_HOOK_FAILED, KERNEL_HOOK_TIMEOUT
 */
export async function callTap(hook: AnyHook, tap: RegisteredTap, value: unknown, call: CallContext): Promise<unknown> {
  const startedMs = performance.now();
  tap.stats.calls += 1;
  try {
    const answer = (tap.run as (value: unknown, call: CallContext) => unknown)(value, call);
    if (!isPromiseLike(answer)) return answer;
    return await withTimeLimit(answer, hook.timeoutMs, (elapsedMs) => tapTimeout(hook, tap, elapsedMs));
  } catch (error) {
    tap.stats.errors += 1;
    throw tapError(hook, tap, error);
  } finally {
    tap.stats.totalMs += performance.now() - startedMs;
  }
}

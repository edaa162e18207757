import { isAppError } from '@parley/contracts';
import type { AnyHook, AppError } from '@parley/contracts';
import { kernelErrors } from '../kernel-errors.ts';
import type { RegisteredTap } from './registered-tap.ts';

/** The error of a tap as the hook's caller sees it: application errors as they are, others without their words. */
export const tapError = (hook: AnyHook, tap: RegisteredTap, error: unknown): AppError =>
  isAppError(error) ? error : kernelErrors.HOOK_FAILED({ plugin: tap.pluginId, hook: hook.id }, error);

/** The error of a tap that took too long. */
export const tapTimeout = (hook: AnyHook, tap: RegisteredTap, elapsedMs: number): AppError =>
  kernelErrors.HOOK_TIMEOUT({ plugin: tap.pluginId, hook: hook.id, timeoutMs: hook.timeoutMs, elapsedMs });

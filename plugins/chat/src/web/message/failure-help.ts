import { modelErrors, type Problem } from '@parley/contracts';
import { modelsErrors } from '@parley/plugin-models/contract';
import { messages } from '../messages.ts';

/** A way on after an answer failed. */
export type NextStep = 'retry' | 'wait' | 'model' | 'key' | 'edit' | 'new-chat';

/** What a failure is called, and the ways on, the best first. */
export interface FailureHelp {
  readonly title: string;
  readonly steps: readonly NextStep[];
}

const words = messages.failures;
const HELP: Readonly<Record<string, FailureHelp>> = {
  [modelErrors.NEEDS_KEY.code]: { title: words.needsKey, steps: ['key', 'model', 'retry'] },
  [modelErrors.AUTH.code]: { title: words.auth, steps: ['key', 'model', 'retry'] },
  [modelErrors.QUOTA.code]: { title: words.quota, steps: ['model', 'key', 'retry'] },
  [modelErrors.RATE_LIMIT.code]: { title: words.rateLimit, steps: ['wait', 'model'] },
  [modelErrors.CONTEXT_TOO_LONG.code]: { title: words.tooLong, steps: ['model', 'new-chat'] },
  [modelErrors.CONTENT_POLICY.code]: { title: words.policy, steps: ['edit', 'model', 'retry'] },
  [modelErrors.UNAVAILABLE.code]: { title: words.unavailable, steps: ['retry', 'model'] },
  [modelErrors.TIMEOUT.code]: { title: words.timeout, steps: ['retry', 'model'] },
  [modelErrors.BAD_REQUEST.code]: { title: words.badRequest, steps: ['model', 'retry'] },
  [modelErrors.NOT_FOUND.code]: { title: words.notFound, steps: ['model', 'retry'] },
  [modelsErrors.UNKNOWN.code]: { title: words.notFound, steps: ['model', 'retry'] },
  [modelsErrors.NOT_ALLOWED.code]: { title: words.notFound, steps: ['model', 'retry'] },
};

/** What helps after an answer failed; with something of it written, it broke off. */
export function helpFor(error: Problem | undefined, hasParts: boolean): FailureHelp {
  const known = error && HELP[error.code];
  const title = hasParts || !known ? messages.failed : known.title;
  return { title, steps: known?.steps ?? ['retry', 'model'] };
}

/** Whether another model may help a request that was refused. */
export const isAboutModel = (code: string): boolean => HELP[code] !== undefined;

/** When a provider that asked to slow down may be asked again, milliseconds since the epoch. */
export function readyAt(error: Problem | undefined, endedAtMs: number): number | undefined {
  const seconds = error?.details?.['retryAfterSeconds'];
  return typeof seconds === 'number' && Number.isFinite(seconds) ? endedAtMs + seconds * 1_000 : undefined;
}

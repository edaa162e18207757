import { isAppError, modelErrors } from '@parley/contracts';
import type { AppError } from '@parley/contracts';

interface Facts {
  readonly provider: string;
  readonly model?: string;
}

/** What the SDK's errors and in-stream errors have in common. */
interface ApiFailure {
  readonly status?: number | undefined;
  readonly code?: string | null | undefined;
  readonly type?: string | undefined;
  readonly message?: string;
  readonly headers?: { get(name: string): string | null } | undefined;
}

const retryAfter = (failure: ApiFailure): number =>
  Math.max(1, Math.ceil(Number(failure.headers?.get('retry-after') ?? '') || 10));

const byCode = (failure: ApiFailure, facts: Facts, cause: unknown): AppError | undefined => {
  const { code } = failure;
  if (code === 'insufficient_quota') return modelErrors.QUOTA({ ...facts }, cause);
  if (code === 'context_length_exceeded') return modelErrors.CONTEXT_TOO_LONG({ ...facts }, cause);
  if (code === 'content_filter' || code === 'content_policy_violation')
    return modelErrors.CONTENT_POLICY({ ...facts }, cause);
  if (code === 'model_not_found') return modelErrors.NOT_FOUND({ ...facts, known: [] }, cause);
  if (code === 'invalid_api_key') return modelErrors.AUTH({ ...facts }, cause);
  return undefined;
};

const byStatus = (failure: ApiFailure, facts: Facts, cause: unknown): AppError => {
  const { status } = failure;
  if (status === 401 || status === 403) return modelErrors.AUTH({ ...facts }, cause);
  if (status === 402) return modelErrors.QUOTA({ ...facts }, cause);
  if (status === 404) return modelErrors.NOT_FOUND({ ...facts, known: [] }, cause);
  if (status === 413) return modelErrors.CONTEXT_TOO_LONG({ ...facts }, cause);
  if (status === 429) return modelErrors.RATE_LIMIT({ ...facts, retryAfterSeconds: retryAfter(failure) }, cause);
  if (status === undefined || status >= 500) return modelErrors.UNAVAILABLE({ ...facts }, cause);
  return modelErrors.BAD_REQUEST(
    { ...facts, reason: `status ${status}${failure.code ? `, ${failure.code}` : ''}` },
    cause,
  );
};

/** The error for people and callers; the provider's own words stay in `cause`, since they may repeat the prompt. */
export function toModelError(error: unknown, facts: Facts): AppError {
  if (isAppError(error)) return error;
  const failure = (typeof error === 'object' && error !== null ? error : {}) as ApiFailure;
  return byCode(failure, facts, error) ?? byStatus(failure, facts, error);
}

import { STATUS_CODES } from 'node:http';
import { isAppError, modelErrors } from '@parley/contracts';
import type { Problem } from '@parley/contracts';

/** The error that ended a run, as log and message keep it. What is not an `AppError` becomes MODEL_UNAVAILABLE. */
export function toProblem(error: unknown, context: { readonly provider: string; readonly requestId: string }): Problem {
  const known = isAppError(error) ? error : modelErrors.UNAVAILABLE({ provider: context.provider });
  return {
    type: 'about:blank',
    title: STATUS_CODES[known.status] ?? 'Error',
    status: known.status,
    detail: known.message,
    code: known.code,
    requestId: context.requestId,
    ...(Object.keys(known.details).length === 0 ? {} : { details: { ...known.details } }),
  };
}

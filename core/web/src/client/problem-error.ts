import { AppError } from '@parley/contracts';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The error a problem+json body tells of; what is missing in it is filled from `status`. */
export function toAppError(problem: unknown, status: number): AppError {
  const body = isRecord(problem) ? problem : {};
  return new AppError({
    code: typeof body['code'] === 'string' ? body['code'] : `HTTP_${status}`,
    status: typeof body['status'] === 'number' ? body['status'] : status,
    message: typeof body['detail'] === 'string' ? body['detail'] : `The server answered with status ${status}`,
    details: {
      ...(isRecord(body['details']) ? body['details'] : {}),
      ...(typeof body['requestId'] === 'string' ? { requestId: body['requestId'] } : {}),
    },
  });
}

/** The error a failed reply tells of. */
export async function readProblem(response: Response): Promise<AppError> {
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  const problem: unknown = isJson ? await response.json().catch(() => undefined) : undefined;
  if (!isJson) await response.body?.cancel();
  return toAppError(problem, response.status);
}

/** The server could not be reached, or broke off. */
export const offline = (cause: unknown): AppError =>
  new AppError({ code: 'CLIENT_OFFLINE', status: 503, message: 'The server can not be reached; try again', cause });

/** A stream brought neither event nor heartbeat for longer than it may. */
export const streamSilent = (idleTimeoutMs: number): AppError =>
  new AppError({
    code: 'CLIENT_STREAM_SILENT',
    status: 504,
    message: `The stream brought nothing for ${idleTimeoutMs} ms`,
  });

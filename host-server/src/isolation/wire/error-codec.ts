import { AppError, isAppError } from '@parley/contracts';

/** An error as it travels. */
export interface ErrorFacts {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly status?: number;
  readonly details?: unknown;
  readonly cause?: unknown;
  readonly stack?: string;
}

const MAX_TEXT = 8_192;
const text = (value: unknown): string => (typeof value === 'string' ? value.slice(0, MAX_TEXT) : '');

/** What an error says. `encode` sends its details and its cause. */
export function errorFacts(error: Error, encode: (value: unknown) => unknown): ErrorFacts {
  const { code } = error as { readonly code?: unknown };
  return {
    name: text(error.name),
    message: text(error.message),
    ...(typeof code === 'string' ? { code } : {}),
    ...(isAppError(error) ? { status: error.status, details: encode(error.details) } : {}),
    ...(error.cause instanceof Error ? { cause: encode(error.cause) } : {}),
    ...(typeof error.stack === 'string' ? { stack: text(error.stack) } : {}),
  };
}

const isStatus = (status: unknown): status is number =>
  typeof status === 'number' && Number.isInteger(status) && status >= 400 && status <= 599;

/** The error again, recognised here by the same code; what is not an application error becomes a plain one. */
export function errorOf(facts: ErrorFacts): Error {
  const { name, message, code, status, details, cause, stack } = facts;
  const cut = text(message);
  if (typeof code === 'string' && isStatus(status)) {
    const fields = typeof details === 'object' && details !== null ? (details as Record<string, unknown>) : {};
    return new AppError({ code, status, message: cut, details: fields, cause });
  }
  if (name === 'AbortError' || name === 'TimeoutError') return new DOMException(cut, name);
  const error = name === 'TypeError' ? new TypeError(cut) : new Error(cut);
  if (cause !== undefined) error.cause = cause;
  if (typeof code === 'string') Object.assign(error, { code });
  if (typeof stack === 'string') error.stack = text(stack);
  return error;
}

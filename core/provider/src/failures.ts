import { isAppError, modelErrors } from '@parley/contracts';
import type { AppError } from '@parley/contracts';

/** Names of the errors a provider reports. */
export type ModelErrorName = keyof typeof modelErrors;

/** What the errors of SDKs and of event streams have in common. */
export interface Failure {
  readonly status?: number | undefined;
  readonly code?: string | undefined;
  readonly retryAfterSeconds?: number | undefined;
  /** Name of what in the request was refused; told to people only where it looks like a name. */
  readonly parameter?: string | undefined;
}

/** How one provider's failures are to be read. */
export interface FailureRules {
  readonly provider: string;
  readonly model?: string;
  /** The provider's own codes; they count before the status. */
  readonly codes?: Readonly<Record<string, ModelErrorName>>;
  /** Reads an error of the provider's SDK; `statusCode`, `status`, `code` and `retry-after` are found without it. */
  readonly read?: (error: unknown) => Failure | undefined;
}

interface Loose {
  readonly status?: unknown;
  readonly statusCode?: unknown;
  readonly code?: unknown;
  readonly headers?: unknown;
}

const DEFAULT_RETRY_SECONDS = 10;
const A_NAME = /^[\w.[\]-]{1,80}$/;

const BY_STATUS: Readonly<Record<number, ModelErrorName>> = {
  401: 'AUTH',
  402: 'QUOTA',
  403: 'AUTH',
  404: 'NOT_FOUND',
  408: 'TIMEOUT',
  413: 'CONTEXT_TOO_LONG',
  429: 'RATE_LIMIT',
};

const header = (headers: unknown, name: string): string | undefined => {
  if (typeof headers !== 'object' || headers === null) return undefined;
  const value: unknown =
    'get' in headers && typeof headers.get === 'function'
      ? (headers.get as (name: string) => unknown)(name)
      : (headers as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' ? value : undefined;
};

function readLoosely(error: unknown): Failure {
  if (typeof error !== 'object' || error === null) return {};
  const { status, statusCode, code, headers } = error as Loose;
  const found = [status, statusCode].find((value) => typeof value === 'number');
  const seconds = Number(header(headers, 'retry-after') ?? '');
  return {
    ...(typeof found === 'number' ? { status: found } : {}),
    ...(typeof code === 'string' ? { code } : {}),
    ...(seconds > 0 ? { retryAfterSeconds: seconds } : {}),
  };
}

const nameOf = ({ status, code }: Failure, codes: FailureRules['codes']): ModelErrorName => {
  const byCode = code === undefined ? undefined : codes?.[code];
  if (byCode !== undefined) return byCode;
  if (status === undefined || status >= 500) return 'UNAVAILABLE';
  return BY_STATUS[status] ?? 'BAD_REQUEST';
};

/**
 * The error for people and callers. The provider's own words stay in `cause`, since they may repeat the prompt.
 */
export function toModelError(error: unknown, rules: FailureRules): AppError {
  if (isAppError(error)) return error;
  const failure = { ...readLoosely(error), ...rules.read?.(error) };
  const { provider, model = '' } = rules;
  const { status, code, retryAfterSeconds = DEFAULT_RETRY_SECONDS, parameter = '' } = failure;
  const details = {
    provider,
    model,
    known: [],
    timeoutMs: 0,
    retryAfterSeconds: Math.max(1, Math.ceil(retryAfterSeconds)),
    reason: [
      status === undefined ? 'no status' : `status ${status}`,
      code,
      A_NAME.test(parameter) ? `at ${parameter}` : '',
    ]
      .filter(Boolean)
      .join(', '),
  };
  return modelErrors[nameOf(failure, rules.codes)](details, error);
}

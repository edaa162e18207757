import type { AppError } from '@parley/contracts';
import { toModelError as toError } from '@parley/provider';
import type { Failure, ModelErrorName } from '@parley/provider';

const CODES: Readonly<Record<string, ModelErrorName>> = {
  API_KEY_INVALID: 'AUTH',
  UNAUTHENTICATED: 'AUTH',
  PERMISSION_DENIED: 'AUTH',
  BILLING_DISABLED: 'QUOTA',
  DAILY_QUOTA: 'QUOTA',
  RESOURCE_EXHAUSTED: 'RATE_LIMIT',
  PROMPT_TOO_LONG: 'CONTEXT_TOO_LONG',
  INVALID_ARGUMENT: 'BAD_REQUEST',
  FAILED_PRECONDITION: 'BAD_REQUEST',
  OUT_OF_RANGE: 'BAD_REQUEST',
  UNIMPLEMENTED: 'BAD_REQUEST',
  NOT_FOUND: 'NOT_FOUND',
  DEADLINE_EXCEEDED: 'TIMEOUT',
  CANCELLED: 'UNAVAILABLE',
  UNAVAILABLE: 'UNAVAILABLE',
  INTERNAL: 'UNAVAILABLE',
};

/** An error of Google's services. @see google.rpc.Status, google.rpc.ErrorInfo, google.rpc.RetryInfo, google.rpc.QuotaFailure */
interface Status {
  readonly code?: number;
  readonly status?: string;
  readonly message?: string;
  readonly details?: readonly {
    readonly '@type'?: string;
    readonly reason?: string;
    readonly retryDelay?: string;
    readonly violations?: readonly { readonly quotaId?: string }[];
  }[];
}

const parse = (text: unknown): unknown => {
  try {
    return typeof text === 'string' ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
};

/** The status in an event of a stream, or in the message of the SDK's error, where its body stands as JSON. */
function statusIn(error: unknown): Status | undefined {
  const { error: found, message } = (error ?? {}) as { readonly error?: Status; readonly message?: unknown };
  const status = found ?? (parse(message) as { readonly error?: Status } | undefined)?.error;
  // A body that does not call itself JSON is wrapped once more by the SDK.
  return status && !status.details ? (statusIn({ message: status.message }) ?? status) : status;
}

function codeOf({ status, message, details = [] }: Status): string | undefined {
  const reason = details.map((each) => each.reason).find((each) => each !== undefined && each in CODES);
  if (reason !== undefined) return reason;
  const quotas = details.flatMap(({ violations = [] }) => violations.map(({ quotaId = '' }) => quotaId));
  if (quotas.some((id) => id.includes('PerDay'))) return 'DAILY_QUOTA';
  // Only its words tell this one apart from other bad requests.
  const isLong = status === 'INVALID_ARGUMENT' && /input token count.*exceeds/i.test(message ?? '');
  return isLong ? 'PROMPT_TOO_LONG' : status;
}

function read(error: unknown): Failure | undefined {
  const status = statusIn(error);
  if (!status) return undefined;
  const delays = (status.details ?? []).map(({ retryDelay = '' }) => Number.parseFloat(retryDelay));
  const retryAfterSeconds = delays.find((seconds) => seconds > 0);
  return {
    ...(typeof status.code === 'number' ? { status: status.code } : {}),
    code: codeOf(status),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  };
}

/** The error for what the SDK throws and for the errors inside a stream. */
export const toModelError = (error: unknown, facts: { readonly provider: string; readonly model?: string }): AppError =>
  toError(error, { ...facts, codes: CODES, read });

import type { AppError } from '@parley/contracts';
import { toModelError as toError } from '@parley/provider';
import type { Failure, ModelErrorName } from '@parley/provider';

const CODES: Readonly<Record<string, ModelErrorName>> = {
  authentication_error: 'AUTH',
  permission_error: 'AUTH',
  billing_error: 'QUOTA',
  rate_limit_error: 'RATE_LIMIT',
  not_found_error: 'NOT_FOUND',
  request_too_large: 'CONTEXT_TOO_LONG',
  timeout_error: 'TIMEOUT',
  api_error: 'UNAVAILABLE',
  overloaded_error: 'UNAVAILABLE',
  prompt_too_long: 'CONTEXT_TOO_LONG',
  no_credit: 'QUOTA',
  // Vertex AI speaks as all of Google does.
  UNAUTHENTICATED: 'AUTH',
  PERMISSION_DENIED: 'AUTH',
  RESOURCE_EXHAUSTED: 'RATE_LIMIT',
  UNAVAILABLE: 'UNAVAILABLE',
};

interface Body {
  readonly error?: { readonly type?: string; readonly status?: string; readonly message?: string };
}

// The API tells these two apart from other bad requests by their words only.
const SAID: readonly (readonly [start: string, code: string])[] = [
  ['prompt is too long', 'prompt_too_long'],
  ['Your credit balance is too low', 'no_credit'],
];

/** The error object of the API, from the SDK's error or from an event of a stream. */
function read(error: unknown): Failure | undefined {
  const outer = error as { readonly error?: unknown } | null;
  const body: unknown = Array.isArray(outer?.error) ? outer.error[0] : outer?.error;
  const inner = (body as Body | undefined)?.error ?? (outer as Body | null)?.error;
  const code = inner?.type ?? inner?.status;
  if (typeof code !== 'string') return undefined;
  const said = SAID.find(([start]) => inner?.message?.startsWith(start));
  return { code: said?.[1] ?? code };
}

/** The error for what the SDK throws and for the errors inside a stream. */
export const toModelError = (error: unknown, facts: { readonly provider: string; readonly model?: string }): AppError =>
  toError(error, { ...facts, codes: CODES, read });

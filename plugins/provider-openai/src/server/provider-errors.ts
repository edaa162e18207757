import type { AppError } from '@parley/contracts';
import { toModelError as toError } from '@parley/provider';
import type { ModelErrorName } from '@parley/provider';

/** OpenAI's own codes, which compatible servers use too. */
const CODES: Readonly<Record<string, ModelErrorName>> = {
  insufficient_quota: 'QUOTA',
  context_length_exceeded: 'CONTEXT_TOO_LONG',
  content_filter: 'CONTENT_POLICY',
  content_policy_violation: 'CONTENT_POLICY',
  model_not_found: 'NOT_FOUND',
  invalid_api_key: 'AUTH',
};

/** The error for what the SDK throws and for the errors inside a stream. */
export const toModelError = (error: unknown, facts: { readonly provider: string; readonly model?: string }): AppError =>
  toError(error, { ...facts, codes: CODES });

import type { AppError } from '@parley/contracts';
import { toModelError as toError } from '@parley/provider';
import type { Failure, ModelErrorName } from '@parley/provider';

/** OpenAI's own codes, which Azure and compatible servers use too. */
const CODES: Readonly<Record<string, ModelErrorName>> = {
  invalid_api_key: 'AUTH',
  account_deactivated: 'AUTH',
  insufficient_quota: 'QUOTA',
  billing_hard_limit_reached: 'QUOTA',
  billing_not_active: 'QUOTA',
  rate_limit_exceeded: 'RATE_LIMIT',
  context_length_exceeded: 'CONTEXT_TOO_LONG',
  content_filter: 'CONTENT_POLICY',
  content_policy_violation: 'CONTENT_POLICY',
  image_content_policy_violation: 'CONTENT_POLICY',
  bio_policy: 'CONTENT_POLICY',
  misalignment_policy_violation: 'CONTENT_POLICY',
  invalid_prompt: 'CONTENT_POLICY',
  model_not_found: 'NOT_FOUND',
  DeploymentNotFound: 'NOT_FOUND',
  server_error: 'UNAVAILABLE',
  // Told in the middle of an answer, without a status.
  invalid_image: 'BAD_REQUEST',
  invalid_image_format: 'BAD_REQUEST',
  invalid_base64_image: 'BAD_REQUEST',
  invalid_image_url: 'BAD_REQUEST',
  invalid_image_mode: 'BAD_REQUEST',
  image_too_large: 'BAD_REQUEST',
  image_too_small: 'BAD_REQUEST',
  image_parse_error: 'BAD_REQUEST',
  image_file_too_large: 'BAD_REQUEST',
  unsupported_image_media_type: 'BAD_REQUEST',
  empty_image_file: 'BAD_REQUEST',
};

/** The fields of an error object of these servers, in an answer with a status or in the middle of a stream. */
export interface ServerError {
  readonly status?: number;
  /** Some servers put the status here. */
  readonly code?: string | number | null;
  readonly param?: string | null;
}

/** What went wrong, where the error is one of the server's. */
export const asServerError = (error: unknown): ServerError =>
  typeof error === 'object' && error !== null ? error : {};

function read(error: unknown): Failure {
  const { code, param } = asServerError(error);
  return {
    ...(typeof code === 'number' && code >= 400 ? { status: code } : {}),
    ...(typeof param === 'string' ? { parameter: param } : {}),
  };
}

/** The error for what the SDK throws and for the errors inside a stream. */
export const toModelError = (error: unknown, facts: { readonly provider: string; readonly model?: string }): AppError =>
  toError(error, { ...facts, codes: CODES, read });

import type { AppError } from '@parley/contracts';
import { toModelError as toError } from '@parley/provider';
import type { Failure, ModelErrorName } from '@parley/provider';

const CODES: Readonly<Record<string, ModelErrorName>> = {
  AccessDeniedException: 'AUTH',
  UnrecognizedClientException: 'AUTH',
  InvalidSignatureException: 'AUTH',
  IncompleteSignatureException: 'AUTH',
  MissingAuthenticationTokenException: 'AUTH',
  InvalidClientTokenId: 'AUTH',
  ExpiredTokenException: 'AUTH',
  ExpiredToken: 'AUTH',
  CredentialsProviderError: 'NEEDS_KEY',
  TokenProviderError: 'NEEDS_KEY',
  ServiceQuotaExceededException: 'QUOTA',
  ThrottlingException: 'RATE_LIMIT',
  TooManyRequestsException: 'RATE_LIMIT',
  ResourceNotFoundException: 'NOT_FOUND',
  ModelNotReadyException: 'UNAVAILABLE',
  ModelTimeoutException: 'TIMEOUT',
  ModelErrorException: 'UNAVAILABLE',
  ModelStreamErrorException: 'UNAVAILABLE',
  InternalServerException: 'UNAVAILABLE',
  ServiceUnavailableException: 'UNAVAILABLE',
  ValidationException: 'BAD_REQUEST',
  'daily-quota': 'QUOTA',
  'prompt-too-long': 'CONTEXT_TOO_LONG',
  'unknown-model': 'NOT_FOUND',
  'needs-inference-profile': 'BAD_REQUEST',
};

// The API tells these apart from others of their class by their words only.
const SAID: readonly (readonly [said: RegExp, code: string])[] = [
  [/^Too many tokens per day/i, 'daily-quota'],
  [/(?:input|prompt) is too long|input tokens exceeded|exceeds? (?:the )?(?:maximum )?context/i, 'prompt-too-long'],
  [/input length and `max_tokens` exceed/i, 'prompt-too-long'],
  [/model identifier is invalid|end of its life/i, 'unknown-model'],
  [/with an? on-demand throughput|inference profile that contains this model/i, 'needs-inference-profile'],
];

/** A failure as the SDK throws it, and as a request or a message of a stream of our own has it. */
export interface BedrockFailure {
  readonly name: string;
  readonly message: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Loose {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly headers?: Readonly<Record<string, string | undefined>> };
}

const messageOf = (error: unknown): string => String((error as Loose | null)?.message ?? '');

const isRefusal = (error: unknown, said: RegExp): boolean =>
  (error as Loose | null)?.name === 'ValidationException' && said.test(messageOf(error));

/** Whether a failure says that the model does not stream, or does not stream what was asked for. */
export const isAboutStreaming = (error: unknown): boolean => isRefusal(error, /stream/i);

/** Whether a failure says that the model uses no tools. */
export const isAboutTools = (error: unknown): boolean => isRefusal(error, /support tool use/i);

function read(error: unknown): Failure | undefined {
  const { name, $metadata, $response } = error as Loose;
  if (typeof name !== 'string') return undefined;
  const message = messageOf(error);
  const code = SAID.find(([said]) => said.test(message))?.[1] ?? name;
  const status = $metadata?.httpStatusCode;
  const seconds = Number($response?.headers?.['retry-after'] ?? '');
  return {
    ...(code in CODES ? { code } : {}),
    ...(status === undefined ? {} : { status }),
    ...(seconds > 0 ? { retryAfterSeconds: seconds } : {}),
  };
}

/** The error for what the SDK throws, for the exceptions inside a stream, and for requests of our own. */
export const toModelError = (error: unknown, facts: { readonly provider: string; readonly model?: string }): AppError =>
  toError(error, { ...facts, codes: CODES, read });

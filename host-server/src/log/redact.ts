import { Secret } from '@parley/contracts';

const SENSITIVE =
  /^(authorization|cookie|set-cookie|proxy-authorization|.*(password|token|secret|api-?_?key|credential))$/i;
const MAX_DEPTH = 6;

const isSecret = (value: object): boolean =>
  value instanceof Secret || Object.prototype.toString.call(value) === '[object Secret]';

/**
 * A copy fit for a log: values of sensitive names and `Secret`s are replaced, errors become plain objects with code,
 * message and stack, depth is limited.
 */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'bigint' || typeof value === 'function' || typeof value === 'symbol') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (isSecret(value)) return '[secret]';
  if (depth >= MAX_DEPTH) return '[deep]';
  if (value instanceof Error) return redactError(value, depth);
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  if (value instanceof Date) return value.toISOString();
  return redactFields(value, depth);
}

const redactFields = (value: object, depth: number): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      name,
      SENSITIVE.test(name) && field !== undefined ? '[redacted]' : redact(field, depth + 1),
    ]),
  );

const redactError = (error: Error, depth: number): Record<string, unknown> => ({
  ...('code' in error ? { code: error.code } : {}),
  message: error.message,
  stack: error.stack,
  ...(error.cause === undefined ? {} : { cause: redact(error.cause, depth + 1) }),
});

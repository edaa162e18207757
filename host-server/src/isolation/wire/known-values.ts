import type { CallContext, HttpExchange, Principal } from '@parley/contracts';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** Whether a value says who is asking. */
export const isPrincipal = (value: object): value is Principal =>
  'can' in value && typeof value.can === 'function' && 'kind' in value && 'tenantId' in value && 'roles' in value;

/** Whether a value is the context of a call. */
export const isCall = (value: object): value is CallContext =>
  'principal' in value &&
  'requestId' in value &&
  'signal' in value &&
  isObject(value.principal) &&
  value.signal instanceof AbortSignal &&
  isPrincipal(value.principal);

/** Whether a value is the HTTP side of a call. */
export const isExchange = (value: object): value is HttpExchange =>
  'setCookie' in value && 'header' in value && 'cookie' in value && typeof value.header === 'function';

/** Whether a value comes piece by piece. */
export const isIterable = (value: unknown): value is AsyncIterable<unknown> =>
  isObject(value) && typeof (value as { [Symbol.asyncIterator]?: unknown })[Symbol.asyncIterator] === 'function';

/** Whether a value must be waited for. */
export const isPromiseLike = (value: unknown): value is PromiseLike<unknown> =>
  isObject(value) && typeof value['then'] === 'function';

const KINDS = new Set<unknown>(['anonymous', 'user', 'api-key', 'system']);

/** Whether plain data could pass for a principal. */
export const isForged = (fields: Readonly<Record<string, unknown>>): boolean =>
  typeof fields['tenantId'] === 'string' && KINDS.has(fields['kind']) && 'id' in fields;

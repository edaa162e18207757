import { pathParameters, routePath } from './contract.ts';
import type { AnyOperation, Contract } from './contract.ts';
import type { Upload } from './upload.ts';

/** An operation's input laid out as HTTP. */
export interface HttpRequest {
  readonly method: string;
  /** Path and query, from the root of the host. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text; absent where the method carries none. */
  readonly body?: string;
  /** The body in place of JSON, for an operation that takes a file; its media type is among the headers. */
  readonly upload?: Upload;
}

const hasBody = (operation: AnyOperation): boolean => operation.method !== 'GET' && operation.method !== 'DELETE';

/** Lays the input of an operation out as an HTTP request: the inverse of `fromHttpRequest`. */
export function toHttpRequest(
  contract: Pick<Contract, 'id'>,
  operation: AnyOperation,
  input: Readonly<Record<string, unknown>>,
): HttpRequest {
  const path = routePath(contract, operation);
  const rest = { ...input };
  let url = path;
  for (const name of pathParameters(path)) {
    url = url.replace(`:${name}`, encodeURIComponent(String(rest[name] ?? '')));
    delete rest[name];
  }
  const headers: Record<string, string> = {};
  for (const [field, header] of Object.entries(operation.headers ?? {})) {
    if (rest[field] !== undefined) headers[header] = String(rest[field]);
    delete rest[field];
  }
  const upload = operation.upload && (rest[operation.upload.field] as Upload | undefined);
  if (operation.upload) delete rest[operation.upload.field];
  else if (hasBody(operation)) {
    return {
      method: operation.method,
      url,
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(rest),
    };
  }
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(rest)) {
    if (Array.isArray(value)) for (const item of value) query.append(name, String(item));
    else if (value !== undefined) query.set(name, String(value));
  }
  const text = query.toString();
  const request = { method: operation.method, url: text ? `${url}?${text}` : url };
  if (!upload) return { ...request, headers };
  return { ...request, headers: { ...headers, 'content-type': upload.mediaType }, upload };
}

/** What a host has read of one HTTP request. */
export interface ParsedHttpRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  /** Parsed JSON; an `Upload` for an operation that takes a file. */
  readonly body: unknown;
  header(name: string): string | undefined;
}

/**
 * The raw input of an operation from one HTTP request, still to be parsed by its schema. Path parameters and declared
 * headers win over fields of the same name in the body or query.
 * Shape: a JSON body that is not an object comes back as it is, so that the schema names the problem.
 */
export function fromHttpRequest(operation: AnyOperation, request: ParsedHttpRequest): unknown {
  const { upload } = operation;
  const source = upload
    ? { ...request.query, [upload.field]: request.body }
    : hasBody(operation)
      ? (request.body ?? {})
      : request.query;
  if (typeof source !== 'object' || source === null || Array.isArray(source)) return source;
  const input: Record<string, unknown> = { ...source };
  for (const [field, header] of Object.entries(operation.headers ?? {})) {
    delete input[field];
    const value = request.header(header);
    if (value !== undefined) input[field] = value;
  }
  return { ...input, ...request.params };
}

import { fromHttpRequest } from '@parley/contracts';
import type { AnyOperation, HttpExchange } from '@parley/contracts';
import type { Request } from 'express';
import { invalidBySchema, invalidInput } from './invalid-input.ts';
import { readBody, readUpload } from './read-body.ts';
import { arrayFields, readQuery } from './read-query.ts';
import { MAX_BODY_BYTES } from './request-limits.ts';

const arraysOf = new WeakMap<AnyOperation, ReadonlySet<string>>();

function queryOf(operation: AnyOperation, url: string): Record<string, unknown> {
  const at = url.indexOf('?');
  if (at < 0) return {};
  let arrays = arraysOf.get(operation);
  if (!arrays) arraysOf.set(operation, (arrays = arrayFields(operation.input)));
  return readQuery(url.slice(at), arrays);
}

/**
 * The input of an operation as its schema lets it in.
 * @throws HOST_INVALID_INPUT, HOST_MALFORMED_JSON, HOST_UNSUPPORTED_TYPE, HOST_TOO_LARGE
 */
export async function readInput(
  operation: AnyOperation,
  params: Readonly<Record<string, string>>,
  request: Request,
  http: HttpExchange,
): Promise<unknown> {
  const query = queryOf(operation, request.url);
  const { upload, maxBytes = MAX_BODY_BYTES } = operation;
  const hasBody = upload === undefined && operation.method !== 'GET' && operation.method !== 'DELETE';
  const name = hasBody ? Object.keys(query)[0] : undefined;
  if (name !== undefined) throw invalidInput([{ path: name, message: 'Belongs into the body, not into the query' }]);
  const json = hasBody ? await readBody(request, maxBytes) : undefined;
  const body = upload ? readUpload(request, { ...upload, maxBytes }) : json;
  const raw = fromHttpRequest(operation, { params, query, body, header: (name) => http.header(name) });
  const parsed = operation.input.safeParse(raw);
  if (!parsed.success) throw invalidBySchema(parsed.error);
  return parsed.data;
}

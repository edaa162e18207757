import type { IncomingMessage } from 'node:http';
import { hostErrors } from '../host-errors.ts';
import { checkJson } from './check-json.ts';

/**
 * The JSON body of a request; `undefined` when there is none.
 * @throws HOST_UNSUPPORTED_TYPE, HOST_TOO_LARGE, HOST_MALFORMED_JSON, HOST_INVALID_INPUT
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  const { headers } = request;
  const declared = headers['content-length'];
  if (declared === '0' || (declared === undefined && headers['transfer-encoding'] === undefined)) return undefined;
  checkType(headers['content-type'], headers['content-encoding']);
  if (Number(declared) > maxBytes) throw hostErrors.TOO_LARGE({ maxBytes });
  const text = await readText(request, maxBytes);
  return text === '' ? undefined : parseJson(text);
}

function checkType(type: string | undefined, encoding: string | undefined): void {
  const name = type?.split(';')[0]?.trim().toLowerCase();
  if (name !== 'application/json' || (encoding !== undefined && encoding !== 'identity')) {
    throw hostErrors.UNSUPPORTED_TYPE({ type: encoding ? `${name ?? 'no type'} in ${encoding}` : (name ?? 'no type') });
  }
}

async function readText(request: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw hostErrors.TOO_LARGE({ maxBytes });
    chunks.push(chunk);
  }
  return (chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)).toString('utf8');
}

function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw hostErrors.MALFORMED_JSON({ reason: placeOf(error) }, error);
  }
  checkJson(value);
  return value;
}

/** The parser's own message quotes the body, which may hold a secret; only the place is told. */
function placeOf(error: unknown): string {
  const place = error instanceof Error ? /position (\d+)/.exec(error.message)?.[1] : undefined;
  return place === undefined ? 'it can not be parsed' : `it can not be parsed at position ${place}`;
}

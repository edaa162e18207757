import type { IncomingMessage } from 'node:http';
import { isMediaType } from '@parley/contracts';
import type { Upload } from '@parley/contracts';
import { hostErrors } from '../host-errors.ts';
import { checkJson } from './check-json.ts';

/**
 * The JSON body of a request; `undefined` when there is none.
 * @throws HOST_UNSUPPORTED_TYPE, HOST_TOO_LARGE, HOST_MALFORMED_JSON, HOST_INVALID_INPUT
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  if (!hasBody(request, ['application/json'], maxBytes)) return undefined;
  const text = await readText(request, maxBytes);
  return text === '' ? undefined : parseJson(text);
}

/**
 * The file a request brings, its bytes read as they are asked for; `undefined` when there is none.
 * @throws HOST_UNSUPPORTED_TYPE, HOST_TOO_LARGE
 */
export function readUpload(
  request: IncomingMessage,
  limits: { readonly mediaTypes: readonly string[]; readonly maxBytes: number },
): Upload | undefined {
  if (!hasBody(request, limits.mediaTypes, limits.maxBytes)) return undefined;
  return { mediaType: request.headers['content-type'] ?? '', bytes: readPieces(request, limits.maxBytes) };
}

function hasBody({ headers }: IncomingMessage, mediaTypes: readonly string[], maxBytes: number): boolean {
  const declared = headers['content-length'];
  if (declared === '0' || (declared === undefined && headers['transfer-encoding'] === undefined)) return false;
  checkType(headers['content-type'], headers['content-encoding'], mediaTypes);
  if (Number(declared) > maxBytes) throw hostErrors.TOO_LARGE({ maxBytes });
  return true;
}

function checkType(type: string | undefined, encoding: string | undefined, mediaTypes: readonly string[]): void {
  const isIdentity = encoding === undefined || encoding === 'identity';
  if (type !== undefined && isIdentity && isMediaType(type, mediaTypes)) return;
  const name = type?.split(';')[0]?.trim().toLowerCase() ?? 'no type';
  throw hostErrors.UNSUPPORTED_TYPE({ expected: mediaTypes, type: isIdentity ? name : `${name} in ${encoding}` });
}

async function* readPieces(request: IncomingMessage, maxBytes: number): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > maxBytes) throw hostErrors.TOO_LARGE({ maxBytes });
    yield piece;
  }
}

async function readText(request: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const piece of readPieces(request, maxBytes)) chunks.push(piece);
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

import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import * as z from 'zod';
import { op } from './contract.ts';
import type { AnyOperation } from './contract.ts';
import { fromHttpRequest, toHttpRequest } from './http-mapping.ts';
import type { HttpRequest, ParsedHttpRequest } from './http-mapping.ts';

const contract = { id: 'notes' };
const shape = { access: 'user', input: z.object({}), output: z.object({}) } as const;
const put = op({ ...shape, method: 'PUT', path: '/notes/:noteId/parts/:part', headers: { key: 'idempotency-key' } });
const get = op({ ...shape, method: 'GET', path: '/notes/:noteId/parts/:part', headers: { key: 'idempotency-key' } });

/** Reads a request as a server does: decoded path parameters and query, header names in any case, a JSON body. */
function readRequest(operation: AnyOperation, { url, headers, body }: HttpRequest): ParsedHttpRequest {
  const [path = '', search = ''] = url.split('?');
  const actual = path.replace('/api/x/notes', '').split('/');
  const params = operation.path.split('/').flatMap((segment, index) => {
    return segment.startsWith(':') ? [[segment.slice(1), decodeURIComponent(actual[index] ?? '')]] : [];
  });
  const query: Record<string, unknown> = {};
  for (const pair of search.split('&').filter(Boolean)) {
    const [name = '', value = ''] = pair.split('=').map((text) => decodeURIComponent(text.replaceAll('+', ' ')));
    query[name] = name in query ? [query[name], value].flat() : value;
  }
  return {
    params: Object.fromEntries(params),
    query,
    body: body === undefined ? undefined : JSON.parse(body),
    header: (name) => headers[name.toLowerCase()],
  };
}

const roundTrip = (operation: AnyOperation, input: Readonly<Record<string, unknown>>) =>
  fromHttpRequest(operation, readRequest(operation, toHttpRequest(contract, operation, input)));

const text = fc.string({ minLength: 1, unit: 'grapheme' }).filter((value) => value.isWellFormed());
const fields = { noteId: text, part: text, key: fc.string({ minLength: 1 }) };

describe('an operation as HTTP', () => {
  it('brings any input through a body', () => {
    const rest = fc.dictionary(fc.constantFrom('title', 'tags', 'nested', 'ü'), fc.jsonValue());
    fc.assert(
      fc.property(fc.record(fields), rest, (named, more) => {
        const input = { ...more, ...named };
        expect(roundTrip(put, input)).toEqual(JSON.parse(JSON.stringify(input)));
      }),
    );
  });

  it('brings texts and lists of texts through a query', () => {
    const rest = fc.dictionary(
      fc.constantFrom('search', 'tags', 'ü'),
      fc.oneof(text, fc.array(text, { minLength: 2, maxLength: 4 })),
    );
    fc.assert(
      fc.property(fc.record(fields), rest, (named, more) => {
        const input = { ...more, ...named };
        expect(roundTrip(get, input)).toEqual(input);
      }),
    );
  });

  it('puts path parameters, headers and the rest in their places', () => {
    const request = toHttpRequest(contract, put, { noteId: 'a/b', part: 'ä', key: 'k', title: 'T' });
    expect(request).toEqual({
      method: 'PUT',
      url: '/api/x/notes/notes/a%2Fb/parts/%C3%A4',
      headers: { 'idempotency-key': 'k', 'content-type': 'application/json' },
      body: '{"title":"T"}',
    });
  });

  it('leaves out what is undefined', () => {
    const { url, headers } = toHttpRequest(contract, get, { noteId: 'a', part: 'b', key: undefined, limit: undefined });
    expect([url, headers]).toEqual(['/api/x/notes/notes/a/parts/b', {}]);
  });

  it('keeps one parameter apart from another that begins like it', () => {
    const operation = op({ ...shape, method: 'GET', path: '/:id/:idea' });
    expect(toHttpRequest(contract, operation, { id: ':idea', idea: 'x' }).url).toBe('/api/x/notes/%3Aidea/x');
  });
});

describe('reading an operation from HTTP', () => {
  const request = (more: Partial<ParsedHttpRequest>): ParsedHttpRequest => ({
    params: {},
    query: {},
    body: undefined,
    header: () => undefined,
    ...more,
  });

  it('lets the path win over a field of the same name in the body', () => {
    const input = fromHttpRequest(put, request({ params: { noteId: 'path' }, body: { noteId: 'body', title: 'T' } }));
    expect(input).toEqual({ noteId: 'path', title: 'T' });
  });

  it('takes a declared header from nowhere else', () => {
    expect(fromHttpRequest(put, request({ body: { key: 'forged' } }))).toEqual({});
  });

  it.each([[[1, 2]], ['text'], [7]])('leaves the body %j as it is for the schema to refuse', (body) => {
    expect(fromHttpRequest(put, request({ body }))).toEqual(body);
  });

  it('takes no body for an empty object', () => {
    expect(fromHttpRequest(put, request({}))).toEqual({});
  });

  it('brings a file through the body, and the other fields through the query', () => {
    const upload = { field: 'file', mediaTypes: ['audio/*'] };
    const send = op({ ...shape, method: 'POST', path: '/notes/:noteId/parts/:part', upload });
    async function* bytes() {
      yield Uint8Array.of(1);
    }
    const file = { mediaType: 'audio/webm', bytes: bytes() };
    const input = { noteId: 'n', part: 'p', tag: 'ü', file };
    const request = toHttpRequest(contract, send, input);
    expect(request).toMatchObject({ headers: { 'content-type': 'audio/webm' }, upload: file });
    expect(request.body).toBeUndefined();
    const read = { ...readRequest(send, request), body: request.upload };
    expect(fromHttpRequest(send, read)).toEqual(input);
  });
});

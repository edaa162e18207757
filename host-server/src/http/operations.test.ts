import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestHost } from '@parley/testing';
import type { TestHost } from '@parley/testing';
import { createSamplePlugin, sampleContract } from '../fixtures/sample-plugin.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
type Bytes = string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>;

describe('operations over HTTP', () => {
  let host: TestHost;
  beforeAll(async () => {
    host = await startTestHost({ plugins: [createSamplePlugin()] });
  });
  afterAll(() => host.stop());

  const send = (path: string, body: string, headers: Record<string, string> = JSON_TYPE) =>
    host.request(`/api/x/sample${path}`, { method: 'POST', headers, body });
  const problemOf = async (response: Response | Promise<Response>) => {
    const answered = await response;
    expect(answered.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    return (await answered.json()) as { status: number; code: string; detail: string; details?: unknown };
  };
  const get = (path: string, headers: Record<string, string> = {}) => host.request(`/api/x/sample${path}`, { headers });

  describe('a file', () => {
    const SOUND = { 'content-type': 'audio/webm;codecs=opus' };
    const put = (body: Bytes | undefined, headers: Record<string, string> = SOUND, query = '') =>
      host.request(`/api/x/sample/files/a${query}`, {
        method: 'PUT',
        headers,
        ...(body === undefined ? {} : { body, duplex: 'half' }),
      });
    const inPieces = (count: number, bytes: number) =>
      new ReadableStream<Uint8Array>({
        pull(controller) {
          if (count-- > 0) controller.enqueue(new Uint8Array(bytes).fill(1));
          else controller.close();
        },
      });

    it('is the body; the other fields stand in path and query', async () => {
      async function* bytes() {
        yield Uint8Array.of(1, 2);
        yield Uint8Array.of(255);
      }
      const file = { mediaType: 'audio/webm;codecs=opus', bytes: bytes() };
      const reply = await host.client(sampleContract).keep({ id: 'ü/b', file, tag: ['x', 'y'] });
      expect(reply).toEqual({ id: 'ü/b', mediaType: 'audio/webm;codecs=opus', sum: 258, tag: ['x', 'y'] });
    });

    it('may come in pieces of unknown number, up to the limit', async () => {
      expect(await (await put(inPieces(10, 10_000))).json()).toMatchObject({ sum: 100_000 });
    });

    it.each([
      ['of another media type', 'x', { 'content-type': 'text/plain' }, 415, 'HOST_UNSUPPORTED_TYPE'],
      ['without a media type', Uint8Array.of(1), {}, 415, 'HOST_UNSUPPORTED_TYPE'],
      ['that is compressed', 'x', { ...SOUND, 'content-encoding': 'gzip' }, 415, 'HOST_UNSUPPORTED_TYPE'],
      ['that says it is too large', new Uint8Array(100_001), SOUND, 413, 'HOST_TOO_LARGE'],
      ['that is not there', undefined, SOUND, 400, 'HOST_INVALID_INPUT'],
    ])('%s is refused', async (_name, body, headers, status, code) => {
      expect(await problemOf(put(body as Bytes | undefined, headers as Record<string, string>))).toMatchObject({
        status,
        code,
      });
    });

    it('that turns out too large is refused while it comes', async () => {
      const sent = put(inPieces(1_000, 10_000));
      // The server may answer and hang up before everything was sent; then the sender sees a broken line.
      const outcome = await sent.then(
        (response) => response.status,
        () => 'broken off',
      );
      expect([413, 'broken off']).toContain(outcome);
    });
  });

  describe('input', () => {
    it('comes from path, header and body', async () => {
      const reply = await host.client(sampleContract).echo({ id: 'a/b', text: 'hi', key: 'k' });
      expect(reply).toEqual({ id: 'a/b', text: 'hi', key: 'k' });
    });

    it('takes a repeated query parameter where the schema takes an array, also a single one', async () => {
      expect(await (await get('/list?tag=a&tag=b&limit=3')).json()).toEqual({ limit: 3, tag: ['a', 'b'] });
      expect(await (await get('/list?tag=a')).json()).toEqual({ limit: 20, tag: ['a'] });
    });

    it.each([
      ['malformed JSON', '{"text":', JSON_TYPE, 400, 'HOST_MALFORMED_JSON'],
      ['a wrong type', '{"text":1}', JSON_TYPE, 400, 'HOST_INVALID_INPUT'],
      ['a body that is no object', '[1]', JSON_TYPE, 400, 'HOST_INVALID_INPUT'],
      ['null', 'null', JSON_TYPE, 400, 'HOST_INVALID_INPUT'],
      ['no body', '', JSON_TYPE, 400, 'HOST_INVALID_INPUT'],
      ['__proto__', '{"text":"a","__proto__":{"x":1}}', JSON_TYPE, 400, 'HOST_INVALID_INPUT'],
      ['constructor deep inside', '{"text":"a","b":[{"constructor":1}]}', JSON_TYPE, 400, 'HOST_INVALID_INPUT'],
      ['more bytes than the operation takes', `{"text":"${'a'.repeat(3_000)}"}`, JSON_TYPE, 413, 'HOST_TOO_LARGE'],
      ['a form', 'text=a', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'HOST_UNSUPPORTED_TYPE'],
      ['JSON called text', '{"text":"a"}', { 'content-type': 'text/plain' }, 415, 'HOST_UNSUPPORTED_TYPE'],
      ['an encoded body', 'x', { ...JSON_TYPE, 'content-encoding': 'gzip' }, 415, 'HOST_UNSUPPORTED_TYPE'],
    ])('refuses %s', async (_name, body, headers, status, code) => {
      expect(await problemOf(send('/echo/1', body, headers))).toMatchObject({ status, code });
    });

    it.each([
      ['33 levels', '['.repeat(33) + ']'.repeat(33)],
      ['100 000 levels', '['.repeat(100_000) + ']'.repeat(100_000)],
      ['1001 keys', JSON.stringify(Object.fromEntries(Array.from({ length: 1_001 }, (_, key) => [`k${key}`, 1])))],
    ])('refuses JSON of %s', async (_name, body) => {
      expect(await problemOf(send('/any', body))).toMatchObject({ status: 400, code: 'HOST_INVALID_INPUT' });
    });

    it('takes JSON of 32 levels', async () => {
      expect((await send('/any', '['.repeat(32) + ']'.repeat(32))).status).toBe(200);
    });

    it('refuses more than 1 MiB where the operation says nothing', async () => {
      expect(await problemOf(send('/any', `"${'a'.repeat(1024 * 1024)}"`))).toMatchObject({ status: 413 });
    });

    it('names each issue with its path', async () => {
      expect(await problemOf(send('/echo/1', '{"count":"x"}'))).toMatchObject({
        details: {
          issues: [
            { path: 'text', message: expect.any(String) },
            { path: 'count', message: expect.any(String) },
          ],
        },
      });
    });

    it('never repeats the body in the problem of malformed JSON', async () => {
      expect((await problemOf(send('/echo/1', '{"password":swordfish}'))).detail).not.toContain('swordfish');
    });

    it('refuses a query parameter given twice', async () => {
      expect(await problemOf(get('/list?limit=1&limit=2'))).toMatchObject({ status: 400, code: 'HOST_INVALID_INPUT' });
    });

    it('refuses a query on an operation with a body', async () => {
      expect(await problemOf(send('/echo/1?text=b', '{"text":"a"}'))).toMatchObject({ status: 400 });
    });

    it('refuses a path that is not valid percent-encoding', async () => {
      expect(await problemOf(send('/echo/%E0%A4%A', '{"text":"a"}'))).toMatchObject({ status: 400 });
    });

    it('refuses a URL of more than 8 KiB', async () => {
      expect(await problemOf(get(`/list?x=${'a'.repeat(9_000)}`))).toMatchObject({ status: 414 });
    });
  });

  describe('access', () => {
    it('asks for a sign-in where a user is needed', async () => {
      const response = await get('/mine');
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
      expect(await problemOf(response)).toMatchObject({ status: 401, code: 'HOST_UNAUTHENTICATED' });
    });

    it('gives the handler the principal', async () => {
      expect(await (await get('/mine', { 'x-user': 'ada' })).json()).toEqual({ id: 'ada' });
    });

    it('asks for the permission', async () => {
      const remove = (headers: Record<string, string>) =>
        host.request('/api/x/sample/mine/1', { method: 'DELETE', headers });
      expect(await problemOf(remove({ 'x-user': 'ada' }))).toMatchObject({
        status: 403,
        code: 'HOST_FORBIDDEN',
        details: { permission: 'sample.remove' },
      });
      expect(await problemOf(remove({}))).toMatchObject({ status: 401 });
      expect((await remove({ 'x-user': 'ada', 'x-permissions': 'sample.remove' })).status).toBe(204);
    });

    it('lets a gate refuse', async () => {
      expect(await problemOf(get('/mine', { 'x-user': 'banned' }))).toMatchObject({
        status: 403,
        code: 'SAMPLE_BANNED',
      });
    });

    it('checks access before it reads the body', async () => {
      const response = host.request('/api/x/sample/mine/1', { method: 'DELETE', body: '{', headers: JSON_TYPE });
      expect(await problemOf(response)).toMatchObject({ status: 401 });
    });
  });

  describe('places', () => {
    it('answers 404 for a path nobody serves', async () => {
      expect(await problemOf(host.request('/api/x/nobody'))).toMatchObject({ status: 404, code: 'HOST_NOT_FOUND' });
    });

    it('answers 405 with the methods there are', async () => {
      const response = await host.request('/api/x/sample/echo/1');
      expect(response.headers.get('allow')).toBe('POST');
      expect(await problemOf(response)).toMatchObject({ status: 405, code: 'HOST_METHOD_NOT_ALLOWED' });
    });

    it('answers HEAD like GET without a body', async () => {
      const response = await host.request('/api/x/sample/list', { method: 'HEAD' });
      expect(response.status).toBe(200);
      expect(await response.text()).toBe('');
    });
  });

  describe('replies', () => {
    it('turns an application error into its problem', async () => {
      expect(await problemOf(get('/fail/gone'))).toMatchObject({
        status: 404,
        code: 'SAMPLE_GONE',
        detail: 'There is no sample 7',
        details: { id: '7' },
      });
    });

    it('says how long to wait', async () => {
      expect((await get('/fail/busy')).headers.get('retry-after')).toBe('3');
    });

    it('shows nothing of an unexpected error, and logs it with the id of the request', async () => {
      const response = await get('/fail/crash');
      const problem = await problemOf(response);
      expect(problem).toMatchObject({ status: 500, code: 'HOST_INTERNAL' });
      expect(JSON.stringify(problem)).not.toContain('swordfish');
      const requestId = response.headers.get('x-request-id');
      const line = host.logs.find((entry) => entry.level === 'error' && entry['requestId'] === requestId);
      expect(line?.['error']).toMatchObject({ message: 'the password is swordfish', stack: expect.any(String) });
    });

    it('fails loudly in tests when a reply does not fit', async () => {
      expect((await get('/fail/misfit')).status).toBe(500);
    });

    it('cuts fields the schema does not name', async () => {
      expect(await (await get('/fail/extra')).json()).toEqual({ text: 'x' });
    });
  });

  describe('cookies', () => {
    it('are hidden from scripts and kept to this site', async () => {
      const response = await get('/cookie');
      expect(response.headers.getSetCookie()).toEqual([
        'theme=d%C3%A4y; Path=/; Max-Age=60; SameSite=Lax; HttpOnly',
        'refresh=r; Path=/api/auth; SameSite=Strict; HttpOnly',
      ]);
      expect(await (await get('/cookie', { cookie: 'other=1; theme=d%C3%A4y' })).json()).toEqual({ text: 'däy' });
    });
  });

  it('stays up through all of it', async () => {
    expect((await host.request('/health/live')).status).toBe(200);
  });
});

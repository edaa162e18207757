import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createGoogleAuth, projectOf } from './google-auth.ts';

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2_048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const key = (more: object = {}) =>
  JSON.stringify({
    type: 'service_account',
    project_id: 'sample',
    client_email: 'a@sample.iam.gserviceaccount.com',
    private_key: privateKey,
    ...more,
  });

function authWith(answer: () => Response | Promise<Response>) {
  const asked: string[] = [];
  const fetch: typeof globalThis.fetch = async (input) => {
    asked.push(input instanceof Request ? input.url : String(input));
    return answer();
  };
  return { asked, auth: createGoogleAuth({ provider: 'sample', fetch }) };
}
const token = () => Response.json({ access_token: 'kit', expires_in: 3_600 });
const headersOf = async ({ auth }: ReturnType<typeof authWith>, of = key()) =>
  (await auth.ofServiceAccount(of)).getRequestHeaders();

describe('access tokens of a service account', () => {
  it('are asked for through the fetch that was given, once for requests at the same time and later ones', async () => {
    const given = authWith(token);
    const [one] = await Promise.all([headersOf(given), headersOf(given)]);
    await headersOf(given);
    expect(one?.get('authorization')).toBe('Bearer kit');
    expect(given.asked).toEqual(['https://oauth2.googleapis.com/token']);
  });

  it.each([
    [400, 'MODEL_AUTH'],
    [403, 'MODEL_AUTH'],
    [503, 'MODEL_UNAVAILABLE'],
  ])('fail with the class of status %d', async (status, code) => {
    const refusing = authWith(() => Response.json({ error: 'invalid_grant' }, { status }));
    await expect(headersOf(refusing)).rejects.toMatchObject({ code });
  });

  it('fail without the request in the error, which holds the key', async () => {
    const refusing = authWith(() => Response.json({ error: 'invalid_grant' }, { status: 400 }));
    const error = (await headersOf(refusing).catch((caught: unknown) => caught)) as Error;
    expect(Object.keys(error.cause as Error)).toEqual(['status']);
    expect(String(error.cause)).toContain('invalid_grant');
  });

  it('fail as unavailable when nobody answers', async () => {
    await expect(headersOf(authWith(() => Promise.reject(new TypeError('down'))))).rejects.toMatchObject({
      code: 'MODEL_UNAVAILABLE',
    });
  });

  it.each([key({ private_key: 'none' }), key({ client_email: undefined }), '{"type":"authorized_user"}', 'no JSON'])(
    'are refused to what is no key, without asking anybody',
    async (text) => {
      const given = authWith(token);
      await expect(headersOf(given, text)).rejects.toMatchObject({ code: 'MODEL_AUTH' });
      expect(given.asked).toEqual([]);
    },
  );

  it('belong to the project of the key', () => {
    expect([projectOf(key()), projectOf('no JSON'), projectOf('null')]).toEqual(['sample', undefined, undefined]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { secret } from '@parley/contracts';
import { createEntraTokens } from './entra-tokens.ts';

const entra = {
  tenantId: 'my-tenant',
  clientId: 'app',
  clientSecret: secret().parse('CANARY'),
  scope: 'https://cognitiveservices.azure.com/.default',
};

function setUp(answer: (count: number) => Response | Promise<Response>) {
  const sent: { url: string; body: string }[] = [];
  let time = 0;
  const fetch = (async (url: string, init: RequestInit) => {
    sent.push({ url, body: String(init.body) });
    return answer(sent.length);
  }) as typeof globalThis.fetch;
  const tokens = createEntraTokens(entra, { provider: 'Azure', fetch, timeoutMs: 1_000, now: () => time });
  return { tokens, sent, pass: (seconds: number) => (time += seconds * 1_000) };
}
const granting = (count: number) => Response.json({ access_token: `token-${count}`, expires_in: 3_600 });

describe('tokens of Entra', () => {
  it('are asked for as an application', async () => {
    const { tokens, sent } = setUp(granting);
    expect(await tokens()).toBe('token-1');
    expect(sent[0]?.url).toBe('https://login.microsoftonline.com/my-tenant/oauth2/v2.0/token');
    expect(Object.fromEntries(new URLSearchParams(sent[0]?.body))).toEqual({
      grant_type: 'client_credentials',
      client_id: 'app',
      client_secret: 'CANARY',
      scope: entra.scope,
    });
  });

  it('are asked for once by many at a time, and again only near their end', async () => {
    const { tokens, sent, pass } = setUp(granting);
    expect(await Promise.all([tokens(), tokens()])).toEqual(['token-1', 'token-1']);
    pass(3_400);
    expect(await tokens()).toBe('token-1');
    pass(100);
    expect(await tokens()).toBe('token-2');
    expect(sent).toHaveLength(2);
  });

  it('are refused with MODEL_AUTH, without the words of the server, and asked for again the next time', async () => {
    const { tokens } = setUp((count) =>
      count === 1 ? Response.json({ error_description: 'CANARY' }, { status: 401 }) : granting(count),
    );
    const refused = await tokens().catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'MODEL_AUTH' });
    expect(JSON.stringify([String(refused), String((refused as Error).cause)])).not.toContain('CANARY');
    expect(await tokens()).toBe('token-2');
  });

  it.each([
    ['nobody answers', () => Promise.reject(new TypeError('fetch failed'))],
    ['the server fails', () => Response.json({}, { status: 500 })],
    ['what comes is no token', () => Response.json({ access_token: '' })],
  ])('end with MODEL_UNAVAILABLE where %s', async (_when, answer) => {
    await expect(setUp(answer).tokens()).rejects.toMatchObject({ code: 'MODEL_UNAVAILABLE' });
  });
});

import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPrincipal } from '@parley/contracts';
import type { ModelEvent } from '@parley/contracts';
import { createAnthropicProvider } from './anthropic-provider.ts';
import { Config } from './config.ts';
import { GOOD_KEY, startProtocolServer } from './fixtures/protocol-server.ts';

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2_048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const account = { type: 'service_account', client_email: 'kit@example.org', private_key: privateKey };
const place = { project: 'kit-project', location: 'europe-west1' };

const gather = async (events: AsyncIterable<ModelEvent>): Promise<ModelEvent[]> => {
  const all: ModelEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
};

let server: Awaited<ReturnType<typeof startProtocolServer>>;
beforeAll(async () => {
  server = await startProtocolServer();
});
afterAll(() => server.stop());

/** Google's token server and Vertex AI: what goes to it comes to the protocol server as the API would have got it. */
function fakeGoogle(tokenStatus = 200) {
  const seen: { readonly url: string; readonly body: Record<string, unknown> }[] = [];
  let tokens = 0;
  const fetchFake: typeof fetch = async (input, init) => {
    const url = String(input instanceof Request ? input.url : input);
    if (url.startsWith('https://oauth2.googleapis.com/')) {
      tokens += 1;
      return Response.json(
        tokenStatus === 200 ? { access_token: GOOD_KEY, expires_in: 3_600 } : { error: 'invalid_grant' },
        { status: tokenStatus },
      );
    }
    const body = JSON.parse(String(init?.body)) as Record<string, unknown>;
    seen.push({ url, body });
    const { anthropic_version: _version, ...rest } = body;
    return fetch(`${server.url}/v1/messages`, { ...init, body: JSON.stringify({ ...rest, model: 'kit' }) });
  };
  return { fetch: fetchFake, seen, tokens: () => tokens };
}

const provider = (google: ReturnType<typeof fakeGoogle>, serviceAccount = JSON.stringify(account)) =>
  createAnthropicProvider({
    config: Config.parse({ ...place, serviceAccount, models: ['claude-kit@20260101'], maxRetries: 0 }),
    fetch: google.fetch,
  });
const ask = (from: ReturnType<typeof provider>): Promise<ModelEvent[]> =>
  gather(
    from.stream(
      {
        model: 'claude-kit@20260101',
        messages: [{ role: 'user', parts: [{ type: 'text', text: 'plain' }] }],
        tools: [],
        parameters: {},
        principal: createPrincipal({ kind: 'user', id: 'ada' }),
        requestId: 'r1',
      },
      new AbortController().signal,
    ),
  );

describe('Vertex AI', () => {
  it('gets the model in the address and the version in the body, with one token for many requests', async () => {
    const google = fakeGoogle();
    const models = provider(google);
    const events = [...(await ask(models)), ...(await ask(models))];
    expect(events.at(-1)).toMatchObject({ type: 'finish', reason: 'stop' });
    expect(google.seen[0]?.url).toBe(
      'https://europe-west1-aiplatform.googleapis.com/v1/projects/kit-project/locations/europe-west1/publishers/anthropic/models/claude-kit@20260101:streamRawPredict',
    );
    expect(google.seen[0]?.body).toMatchObject({ anthropic_version: 'vertex-2023-10-16', stream: true });
    expect(google.seen[0]?.body).not.toHaveProperty('model');
    expect(google.tokens()).toBe(1);
  });

  it('offers the models of the settings', async () => {
    const models = await provider(fakeGoogle()).listModels(new AbortController().signal);
    expect(models.map(({ id }) => id)).toEqual(['claude-kit@20260101']);
  });

  it('takes the identity a person gives, and wants one', async () => {
    const google = fakeGoogle();
    const settings = Config.parse({ ...place, models: ['claude-kit@20260101'], maxRetries: 0 });
    const models = createAnthropicProvider({ config: settings, fetch: google.fetch });
    const { signal } = new AbortController();
    await expect(models.listModels(signal)).rejects.toMatchObject({ code: 'MODEL_NEEDS_KEY' });
    await models.check?.({ serviceAccount: JSON.stringify(account) }, signal);
    expect(google.tokens()).toBe(1);
  });

  it.each([
    ['refuses the identity', 400, 'MODEL_AUTH'],
    ['is down', 503, 'MODEL_UNAVAILABLE'],
  ])('says so when Google %s', async (_what, status, code) => {
    await expect(ask(provider(fakeGoogle(status)))).rejects.toMatchObject({ code });
  });

  it('takes only key files', async () => {
    await expect(ask(provider(fakeGoogle(), 'no JSON'))).rejects.toMatchObject({ code: 'MODEL_AUTH' });
  });

  it('wants to be told its models, and finds the address of its location', () => {
    expect(Config.safeParse(place).success).toBe(false);
    const addressAt = (location: string) => Config.parse({ ...place, location, models: ['a'] }).baseUrl;
    expect(addressAt('global')).toBe('https://aiplatform.googleapis.com/v1');
    expect(addressAt('eu')).toBe('https://aiplatform.eu.rep.googleapis.com/v1');
  });
});

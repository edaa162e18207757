import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createPrincipal } from '@parley/contracts';
import type { ModelEvent } from '@parley/contracts';
import { Config } from './config.ts';
import { createConnect } from './connect.ts';
import { MODEL, startProtocolServer } from './fixtures/protocol-server.ts';
import { createGoogleProvider } from './google-provider.ts';

const NAMED = 'GOOGLE_APPLICATION_CREDENTIALS';
const signal = () => new AbortController().signal;

let server: Awaited<ReturnType<typeof startProtocolServer>>;
let folder: string;
beforeAll(async () => {
  server = await startProtocolServer();
  folder = await mkdtemp(join(tmpdir(), 'parley-google-'));
});
afterAll(async () => {
  server.stop();
  await rm(folder, { recursive: true });
});

const vertex = (settings: object, send: typeof fetch = server.fetch) => {
  const config = Config.parse({ project: 'kit-project', baseUrl: server.url, maxRetries: 0, ...settings });
  return createGoogleProvider({ config, fetch: send, connect: createConnect({ config, fetch: send }) });
};
async function say(
  provider: ReturnType<typeof vertex>,
  credentials?: Readonly<Record<string, string>>,
  until = signal(),
) {
  const events: ModelEvent[] = [];
  const request = {
    model: MODEL,
    messages: [{ role: 'user' as const, parts: [{ type: 'text' as const, text: 'plain' }] }],
    tools: [],
    parameters: {},
    principal: createPrincipal({ kind: 'user', id: 'ada' }),
    requestId: 'r1',
    ...(credentials ? { credentials } : {}),
  };
  for await (const event of provider.stream(request, until)) events.push(event);
  return events;
}

describe('where Vertex AI is asked', () => {
  it.each([
    ['global', 'https://aiplatform.googleapis.com'],
    ['eu', 'https://aiplatform.eu.rep.googleapis.com'],
    ['europe-west4', 'https://europe-west4-aiplatform.googleapis.com'],
  ])('is known for %s, so that the egress client opens it', (location, baseUrl) => {
    expect(Config.parse({ project: 'p', location })).toMatchObject({ baseUrl });
  });

  it('is the same place the SDK would ask', async () => {
    const asked: string[] = [];
    const { serviceAccount } = server.tokens;
    const noting: typeof fetch = (input, init) => {
      const url = String(input);
      asked.push(url);
      return url.includes('/token') ? server.fetch(url, init) : Promise.reject(new TypeError('no network here'));
    };
    const config = Config.parse({ project: 'p', location: 'us', serviceAccount, maxRetries: 0 });
    const connect = createConnect({ config, fetch: noting });
    await expect(say(createGoogleProvider({ config, fetch: noting, connect }))).rejects.toMatchObject({
      code: 'MODEL_UNAVAILABLE',
    });
    expect(asked.at(-1)).toMatch(
      /^https:\/\/aiplatform\.us\.rep\.googleapis\.com\/v1beta1\/projects\/p\/locations\/us\/publishers\/google\/models\//,
    );
  });

  it('lists the models that hold conversations', async () => {
    const models = await vertex({ serviceAccount: server.tokens.serviceAccount }).listModels(signal());
    expect(models.map(({ id }) => id)).toEqual([MODEL]);
  });
});

describe('thoughts at Vertex AI, which does not say what its models can', () => {
  it('are asked for where others know that the model thinks', async () => {
    const { serviceAccount } = server.tokens;
    const config = Config.parse({ project: 'kit-project', baseUrl: server.url, serviceAccount });
    const facts = { source: 'https://example.org', asOf: '2026-01-01', abilities: { reasoning: true } };
    const connect = createConnect({ config, fetch: server.fetch });
    await say(createGoogleProvider({ config, fetch: server.fetch, connect, factsOf: () => facts }));
    expect(server.received()).toMatchObject({ generationConfig: { thinkingConfig: { includeThoughts: true } } });
  });

  it('are not asked for by guess', async () => {
    await say(vertex({ serviceAccount: server.tokens.serviceAccount }));
    expect(server.received()).not.toHaveProperty('generationConfig.thinkingConfig');
  });
});

describe('the rights at Vertex AI', () => {
  it('are asked for once for many requests, by the same way out as everything', async () => {
    const sent: string[] = [];
    const noting: typeof fetch = (input, init) => {
      sent.push(new URL(input instanceof Request ? input.url : input).hostname);
      return server.fetch(input, init);
    };
    const before = server.tokens.given();
    const provider = vertex({ serviceAccount: server.tokens.serviceAccount }, noting);
    await say(provider);
    await say(provider);
    expect(server.tokens.given()).toBe(before + 1);
    expect(sent).toEqual(['oauth2.googleapis.com', '127.0.0.1', '127.0.0.1']);
  });

  it('are those of the project that a person brings', async () => {
    const own = { ...(JSON.parse(server.tokens.serviceAccount) as object), project_id: 'adas-project' };
    await say(vertex({}), { serviceAccount: JSON.stringify(own) });
    expect(server.paths.at(-1)).toContain('/projects/adas-project/');
  });

  it.each(['no JSON', '{"type":"external_account","credential_source":{"file":"/etc/passwd"}}', 'null'])(
    'are refused to a key that is %s',
    async (serviceAccount) => {
      await expect(say(vertex({}), { serviceAccount })).rejects.toMatchObject({ code: 'MODEL_AUTH' });
    },
  );

  it('are given up with the answer while the token server is silent', async () => {
    const silent: typeof fetch = () => new Promise(() => undefined);
    const stop = new AbortController();
    const reason = new Error('stopped');
    const asked = say(vertex({ serviceAccount: server.tokens.serviceAccount }, silent), undefined, stop.signal);
    setImmediate(() => stop.abort(reason));
    await expect(asked).rejects.toBe(reason);
  });
});

describe('the rights of this machine', () => {
  const before = { named: process.env[NAMED], gcloud: process.env['CLOUDSDK_CONFIG'] };
  const restore = (name: string, value: string | undefined) => {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  };
  beforeEach(() => {
    delete process.env[NAMED];
    process.env['CLOUDSDK_CONFIG'] = join(folder, 'nobody-signed-in');
  });
  afterEach(() => {
    restore(NAMED, before.named);
    restore('CLOUDSDK_CONFIG', before.gcloud);
  });
  const named = async (name: string, text: string) => {
    process.env[NAMED] = join(folder, name);
    await writeFile(process.env[NAMED], text);
  };
  const machine = () => vertex({ applicationDefault: true, metadataUrl: server.url });

  it('are not used unless the operator says so', async () => {
    await named('unused.json', server.tokens.serviceAccount);
    await expect(say(vertex({}))).rejects.toMatchObject({ code: 'MODEL_NEEDS_KEY' });
  });

  it.each(['serviceAccount', 'person'] as const)('are those of the file that is named, of a %s', async (who) => {
    await named(`${who}.json`, server.tokens[who]);
    expect((await say(machine())).at(-1)).toMatchObject({ type: 'finish' });
  });

  it('are those of the metadata server without a file', async () => {
    const asked = server.paths.length;
    expect((await say(machine())).at(-1)).toMatchObject({ type: 'finish' });
    expect(server.paths.slice(asked)).toContain('GET /computeMetadata/v1/instance/service-accounts/default/token');
  });

  it('are refused with a reason for kinds of files that are not supported', async () => {
    await named('external.json', '{"type":"external_account"}');
    await expect(say(machine())).rejects.toMatchObject({
      code: 'MODEL_BAD_REQUEST',
      details: { reason: expect.stringContaining('external_account') },
    });
  });
});

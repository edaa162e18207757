import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { apiOf, Config, familyOf } from './config.ts';
import { createConnect } from './connect.ts';

const sendTo = async (settings: object, credentials?: Record<string, string>) => {
  const config = Config.parse(settings);
  let sent: Request | undefined;
  const fetch = (async (url: string, init: RequestInit) => {
    if (url.startsWith('https://login.')) return Response.json({ access_token: 'token', expires_in: 3_600 });
    sent = new Request(url, { ...init, signal: null });
    return Response.json({ data: [] });
  }) as typeof globalThis.fetch;
  const client = await createConnect({ config, fetch })(credentials);
  await client.chat.completions.create({ model: 'my-gpt', messages: [] });
  return { url: sent?.url, header: (name: string) => sent?.headers.get(name) };
};

describe('a connection', () => {
  const names = ['OPENAI_API_KEY', 'OPENAI_BASE_URL', 'OPENAI_ORG_ID', 'AZURE_OPENAI_API_KEY', 'OPENAI_API_VERSION'];
  const before = new Map<string, string | undefined>();
  beforeEach(() => {
    for (const name of names) {
      before.set(name, process.env[name]);
      process.env[name] = 'https://environment.example';
    }
  });
  afterEach(() => {
    for (const [name, value] of before) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  });

  it('goes to OpenAI with the key of the settings, and with nothing from the environment', async () => {
    const { url, header } = await sendTo({ apiKey: 'sk-a' });
    expect(url).toBe('https://api.openai.com/v1/chat/completions');
    expect([header('authorization'), header('openai-organization')]).toEqual(['Bearer sk-a', null]);
  });

  it('carries the key of the request in place of its own, and what the operator adds', async () => {
    const settings = { apiKey: 'sk-a', organization: 'org', project: 'proj', headers: { 'X-Title': 'Parley' } };
    const { header } = await sendTo(settings, { apiKey: 'sk-b' });
    expect(['authorization', 'openai-organization', 'openai-project', 'x-title'].map(header)).toEqual([
      'Bearer sk-b',
      'org',
      'proj',
      'Parley',
    ]);
  });

  const azure = { baseUrl: 'https://my.openai.azure.com', apiKey: 'key', models: ['my-gpt'] };

  it('goes to the v1 surface of an Azure resource with its own header', async () => {
    const { url, header } = await sendTo({ ...azure, azure: {} });
    expect(url).toBe('https://my.openai.azure.com/openai/v1/chat/completions');
    expect([header('api-key'), header('authorization')]).toEqual(['key', null]);
  });

  it('goes to the path of a deployment where a version is set', async () => {
    const { url, header } = await sendTo({ ...azure, azure: { apiVersion: '2024-10-21' } });
    expect(url).toBe('https://my.openai.azure.com/openai/deployments/my-gpt/chat/completions?api-version=2024-10-21');
    expect([header('api-key'), header('authorization')]).toEqual(['key', null]);
  });

  it.each([{}, { apiVersion: '2024-10-21' }])(
    'carries a token of Entra to Azure %j where there is no key',
    async (more) => {
      const entra = { tenantId: 't', clientId: 'c', clientSecret: 's' };
      const settings = { ...azure, apiKey: undefined, azure: { ...more, entra } };
      const { header } = await sendTo(settings);
      expect([header('api-key'), header('authorization')]).toEqual([null, 'Bearer token']);
      const own = await sendTo(settings, { apiKey: 'mine' });
      expect([own.header('api-key'), own.header('authorization')]).toEqual(['mine', null]);
    },
  );

  it('keeps a path that the operator wrote', async () => {
    const { url } = await sendTo({ ...azure, baseUrl: 'https://gate.example/azure/openai/v1', azure: {} });
    expect(url).toBe('https://gate.example/azure/openai/v1/chat/completions');
  });

  it('needs a key at OpenAI and Azure, and none elsewhere', async () => {
    const needs = { code: 'MODEL_NEEDS_KEY' };
    await expect(sendTo({})).rejects.toMatchObject(needs);
    await expect(sendTo({ ...azure, apiKey: undefined, azure: {} })).rejects.toMatchObject(needs);
    expect((await sendTo({ baseUrl: 'http://localhost:8000/v1' })).header('authorization')).toBe('Bearer none');
  });
});

describe('settings', () => {
  it.each([
    [{}, 'responses', 'openai'],
    [{ baseUrl: 'https://eu.api.openai.com/v1' }, 'responses', 'openai'],
    [{ baseUrl: 'https://x.example', azure: {}, models: ['a'] }, 'responses', 'openai'],
    [{ baseUrl: 'https://api.openai.com.example/v1' }, 'chat-completions', undefined],
    [{ baseUrl: 'http://localhost/v1', api: 'responses', family: 'qwen' }, 'responses', 'qwen'],
  ])('%j mean the API %s and the section %s of the catalogue', (settings, api, family) => {
    const config = Config.parse(settings);
    expect([apiOf(config), familyOf(config)]).toEqual([api, family]);
  });

  it('of Azure name its deployments, which nobody could list', () => {
    expect(() => Config.parse({ baseUrl: 'https://my.openai.azure.com', azure: {} })).toThrow('deployments');
  });
});

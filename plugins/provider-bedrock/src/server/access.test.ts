import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { connectTo, gather, signal, textOf, toRequest } from './fixtures/ask.ts';
import { ACCESS_KEY } from './fixtures/check-signature.ts';
import { startProtocolServer } from './fixtures/protocol-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-bedrock-'));
const tokenFile = join(folder, 'token');
writeFileSync(tokenFile, 'kit-web-identity');

const ROLE_ANSWER = `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <AssumeRoleWithWebIdentityResult><Credentials>
    <AccessKeyId>${ACCESS_KEY.accessKeyId}</AccessKeyId><SecretAccessKey>${ACCESS_KEY.secretAccessKey}</SecretAccessKey>
    <SessionToken>kit-session</SessionToken><Expiration>2100-01-01T00:00:00Z</Expiration>
  </Credentials></AssumeRoleWithWebIdentityResult>
</AssumeRoleWithWebIdentityResponse>`;

describe('what the server itself has', () => {
  const before = { ...process.env };
  const keys = {
    AWS_ACCESS_KEY_ID: ACCESS_KEY.accessKeyId,
    AWS_SECRET_ACCESS_KEY: ACCESS_KEY.secretAccessKey,
  };
  let server: Awaited<ReturnType<typeof startProtocolServer>>;
  beforeAll(async () => {
    server = await startProtocolServer();
  });
  afterAll(() => server.stop());
  beforeEach(() => {
    for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
    // Neither the files of this machine nor the metadata service of a cloud it may run in.
    Object.assign(process.env, {
      AWS_CONFIG_FILE: join(folder, 'config'),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
      AWS_EC2_METADATA_DISABLED: 'true',
    });
  });
  afterEach(() => {
    process.env = { ...before };
  });
  const ask = (settings: object, fetch?: typeof globalThis.fetch) =>
    gather(connectTo(server.url, { apiKey: undefined, ...settings }, fetch).stream(toRequest('hi'), signal()));

  it('counts where the operator chose its chain', async () => {
    Object.assign(process.env, keys);
    const { events, error } = await ask({ credentialChain: true });
    expect(error).toBeUndefined();
    expect(textOf(events)).toBe('hi');
  });

  it('counts for nothing otherwise, not even beside a key', async () => {
    Object.assign(process.env, keys, { AWS_BEARER_TOKEN_BEDROCK: 'of-the-server' });
    expect((await ask({})).error).toMatchObject({ code: 'MODEL_NEEDS_KEY' });
    expect((await ask({ ...ACCESS_KEY })).error).toBeUndefined();
  });

  it('is a profile of the shared files where the settings name one', async () => {
    const { accessKeyId, secretAccessKey } = ACCESS_KEY;
    const profile = `[kit]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
    writeFileSync(join(folder, 'kit-credentials'), profile);
    process.env['AWS_SHARED_CREDENTIALS_FILE'] = join(folder, 'kit-credentials');
    expect((await ask({ credentialChain: true, profile: 'kit' })).error).toBeUndefined();
  });

  it('is a role, asked for through the egress client and only once', async () => {
    Object.assign(process.env, {
      AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/kit',
      AWS_WEB_IDENTITY_TOKEN_FILE: tokenFile,
    });
    const hosts: string[] = [];
    const fetch: typeof globalThis.fetch = (input, init) => {
      const { host } = new URL(String(input));
      hosts.push(host);
      if (!host.startsWith('sts.')) return globalThis.fetch(input, init);
      return Promise.resolve(new Response(ROLE_ANSWER, { headers: { 'content-type': 'text/xml' } }));
    };
    const provider = connectTo(server.url, { apiKey: undefined, credentialChain: true }, fetch);
    for (const prompt of ['one', 'two']) {
      const { events, error } = await gather(provider.stream(toRequest(prompt), signal()));
      expect(error).toBeUndefined();
      expect(textOf(events)).toBe(prompt);
    }
    const runtime = new URL(server.url).host;
    expect(hosts).toEqual(['sts.us-east-1.amazonaws.com', runtime, runtime]);
  });

  it('is nothing: then a key is needed', async () => {
    expect((await ask({ credentialChain: true })).error).toMatchObject({ code: 'MODEL_NEEDS_KEY' });
    const provider = connectTo(server.url, { apiKey: undefined, credentialChain: true });
    await expect(provider.listModels(signal())).rejects.toMatchObject({ code: 'MODEL_NEEDS_KEY' });
  });
});

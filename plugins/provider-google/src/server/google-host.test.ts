import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPrincipal, newId } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { startTestHost } from '@parley/testing';
import type { TestHost } from '@parley/testing';
import { Config } from './config.ts';
import { createConnect } from './connect.ts';
import { GOOD_KEY, MODEL, startProtocolServer } from './fixtures/protocol-server.ts';
import type { Body } from './fixtures/protocol-server.ts';
import { createGoogleProvider } from './google-provider.ts';
import google from './index.ts';

let server: Awaited<ReturnType<typeof startProtocolServer>>;
let host: TestHost;
let egress: typeof fetch;
beforeAll(async () => {
  server = await startProtocolServer();
  const lender = definePlugin({
    id: 'lender',
    version: '1.0.0',
    kernel: '^1.0.0',
    config: Config,
    permissions: { network: ['config:baseUrl'] },
    setup: (ctx) => void (egress = ctx.fetch),
  });
  const config = { apiKey: GOOD_KEY, baseUrl: server.url };
  host = await startTestHost({
    shipped: true,
    plugins: [
      { plugin: google, firstParty: true, config },
      { plugin: lender, firstParty: true, config },
    ],
  });
}, 60_000);
afterAll(async () => {
  await host.stop();
  server.stop();
});

async function ask(settings: object, prompt: string, file?: Uint8Array): Promise<Body> {
  const config = Config.parse({ baseUrl: server.url, ...settings });
  const send: typeof fetch = (input, init) => server.fetch(input, init, egress);
  const provider = createGoogleProvider({ config, fetch: send, connect: createConnect({ config, fetch: send }) });
  const part = file && {
    type: 'file' as const,
    file: { id: newId(), name: 'film', mime: 'video/mp4', sizeBytes: file.length },
  };
  const request = {
    model: MODEL,
    messages: [{ role: 'user' as const, parts: [{ type: 'text' as const, text: prompt }, ...(part ? [part] : [])] }],
    tools: [],
    parameters: {},
    principal: createPrincipal({ kind: 'user', id: 'ada' }),
    requestId: 'r1',
    ...(file ? { readFile: async () => ({ bytes: file, mime: 'video/mp4' }) } : {}),
  };
  for await (const _event of provider.stream(request, new AbortController().signal));
  return server.received() as Body;
}

describe('in a host', () => {
  it('answers in a conversation', async () => {
    await host
      .user('Ada')
      .chat('Grüße!', { model: `google/${MODEL}` })
      .expectText('Grüße!');
  }, 60_000);

  it('uploads files by the egress client', async () => {
    const before = server.files.stored.length;
    const bytes = new Uint8Array(15 * 1_024 * 1_024);
    const { contents } = await ask({ apiKey: GOOD_KEY }, 'plain', bytes);
    expect(contents[0]?.parts.at(-1)).toMatchObject({ fileData: { mimeType: 'video/mp4' } });
    expect(server.files.stored[before]).toMatchObject({ bytes: bytes.length });
  }, 60_000);

  it('asks for the tokens of Vertex AI by the egress client', async () => {
    const { serviceAccount } = server.tokens;
    expect(await ask({ project: 'kit-project', serviceAccount }, 'by Vertex')).toMatchObject({
      contents: [{ parts: [{ text: 'by Vertex' }] }],
    });
  }, 60_000);
});

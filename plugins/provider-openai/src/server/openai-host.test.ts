import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestHost } from '@parley/testing';
import type { TestHost } from '@parley/testing';
import { chatVoice } from './fixtures/chat-voice.ts';
import { GOOD_KEY, MODEL, startProtocolServer } from './fixtures/protocol-server.ts';
import { responsesVoice } from './fixtures/responses-voice.ts';
import { MARKER } from './fixtures/voice.ts';
import openai from './index.ts';

type Server = Awaited<ReturnType<typeof startProtocolServer>>;

let server: Server;
let azure: Server;
let host: TestHost;
beforeAll(async () => {
  server = await startProtocolServer(responsesVoice, { base: '/v1' });
  const voice = chatVoice((model) => `/deployments/${model}/chat/completions?api-version=2024-10-21`);
  azure = await startProtocolServer(voice, {
    base: '/openai',
    keyOf: ({ headers }) => [headers['api-key']].flat()[0],
  });
  const settings = { key: 'azure', title: 'Azure', api: 'chat-completions', models: [MODEL] };
  host = await startTestHost({
    shipped: true,
    plugins: [
      { plugin: openai, firstParty: true, config: { api: 'responses', baseUrl: server.url, apiKey: GOOD_KEY } },
      {
        plugin: openai,
        id: 'my-azure',
        firstParty: true,
        config: { ...settings, baseUrl: azure.origin, apiKey: GOOD_KEY, azure: { apiVersion: '2024-10-21' } },
      },
    ],
  });
}, 60_000);
afterAll(async () => {
  await host.stop();
  server.stop();
  azure.stop();
});

const received = ({ received: last }: Server): string => JSON.stringify(last());

describe('in a host', () => {
  it('gives hidden thoughts back to the server they came from, and to no other', async () => {
    const ada = host.user('Ada');
    const first = await ada.chat('search', { model: `openai/${MODEL}` }).expectText('It is so.');
    expect(first.parts).toContainEqual(expect.objectContaining({ type: 'citation', url: 'https://example.org/a' }));
    const second = await ada.chat('Really?', { model: `openai/${MODEL}`, after: first }).expectText('Really?');
    expect(received(server)).toContain(MARKER);
    expect(received(server)).toContain('final_answer');
    await ada.chat('And you?', { model: `azure/${MODEL}`, after: second }).expectText('And you?');
    expect(received(azure)).toContain('It is so.');
    expect(received(azure)).not.toContain(MARKER);
  }, 60_000);
});

import { kitRun, modelProviderKit } from '@parley/testing/kits';
import type { KitRun } from '@parley/testing/kits';
import { Config } from './config.ts';
import { createConnect } from './connect.ts';
import { chatVoice } from './fixtures/chat-voice.ts';
import { GOOD_KEY, MODEL, startProtocolServer } from './fixtures/protocol-server.ts';
import { responsesVoice } from './fixtures/responses-voice.ts';
import { FAULTS, MARKER, PICTURE, UNICODE } from './fixtures/voice.ts';
import type { Voice } from './fixtures/voice.ts';
import { createOpenAiProvider } from './openai-provider.ts';

const API_VERSION = '2025-04-01-preview';

const tool = (name: string) => ({ name, description: 'For the kit', inputSchema: { type: 'object', properties: {} } });
const turn = (prompt: string) => ({ model: MODEL, prompt });

const turns = {
  plain: { ...turn('Say this back'), text: 'Say this back' },
  slow: turn('slow'),
  reasoning: { ...turn('reason'), text: 'Then say.' },
  unicode: { ...turn('unicode'), text: UNICODE },
  huge: turn('huge'),
  tools: {
    ...turn('tools'),
    tools: [tool('kit_weather'), tool('kit_time')],
    calls: [
      { name: 'kit_weather', input: { city: 'Paris' } },
      { name: 'kit_time', input: {} },
    ],
  },
  rounds: { ...turn('rounds'), tools: [tool('kit_weather')], text: 'It rains.', marker: MARKER },
  image: { ...turn('image'), bytes: PICTURE, mime: 'image/png', text: 'A picture' },
  imageOutput: { ...turn('draw'), bytes: PICTURE, mime: 'image/png' },
  structured: {
    ...turn('structured'),
    text: '{"kit_field":1}',
    schema: { type: 'object', properties: { kit_field: { type: 'number' } } },
  },
  usage: {
    ...turn('usage'),
    usage: { inputTokens: 30, outputTokens: 9, cachedInputTokens: 20, cacheWriteTokens: 7, reasoningTokens: 5 },
  },
  odd: { ...turn('odd'), text: 'odd' },
};

interface Way {
  readonly voice: Voice;
  readonly server: Parameters<typeof startProtocolServer>[1];
  readonly settings: object;
}

const azureKey: Way['server']['keyOf'] = (req) => {
  const { 'api-key': key, authorization } = req.headers;
  return authorization === undefined && typeof key === 'string' ? key : undefined;
};

/** Each way in which a server is asked. */
const WAYS: Readonly<Record<string, Way>> = {
  'Responses API': { voice: responsesVoice, server: { base: '/v1' }, settings: { api: 'responses' } },
  'Chat Completions': { voice: chatVoice(), server: { base: '/v1' }, settings: {} },
  'Azure, v1': {
    voice: responsesVoice,
    server: { base: '/openai/v1', keyOf: azureKey },
    settings: { azure: {}, models: [MODEL] },
  },
  'Azure, deployments': {
    voice: chatVoice((model) => `/deployments/${model}/chat/completions?api-version=${API_VERSION}`),
    server: { base: '/openai', keyOf: azureKey },
    settings: { azure: { apiVersion: API_VERSION }, models: [MODEL], api: 'chat-completions' },
  },
};

function kitOf([name, { voice, server: options, settings }]: readonly [string, Way]): KitRun {
  const connectTo = (baseUrl: string, apiKey?: string) => {
    const config = Config.parse({ baseUrl, maxRetries: 0, ...settings, ...(apiKey ? { apiKey } : {}) });
    return createOpenAiProvider({ config, connect: createConnect({ config, fetch }) });
  };
  const makeSubject = async () => {
    const server = await startProtocolServer(voice, options);
    const isAzure = 'azure' in settings;
    const url = isAzure ? server.origin : server.url;
    const keyless = Config.parse({});
    return {
      value: {
        provider: connectTo(url, GOOD_KEY),
        withoutKey: isAzure
          ? connectTo(url)
          : createOpenAiProvider({ config: keyless, connect: createConnect({ config: keyless, fetch }) }),
        credentials: { good: { apiKey: GOOD_KEY }, bad: { apiKey: 'sk-other' } },
        upstream: { url, connect: (address: string) => connectTo(address, GOOD_KEY) },
        received: server.received,
        openStreams: server.openStreams,
        turns,
        faults: Object.fromEntries(Object.keys(FAULTS).map((code) => [code, turn(code)])),
      },
      dispose: server.stop,
    };
  };
  return kitRun(modelProviderKit, makeSubject, name);
}

/** The conformance kits this provider passes, through the official SDK against servers that speak its protocols. */
export const kits = Object.entries(WAYS).map(kitOf);

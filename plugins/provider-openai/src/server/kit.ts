import type { IncomingMessage } from 'node:http';
import { kitRun, modelProviderKit } from '@parley/testing/kits';
import type { KitRun, ModelProviderSubject } from '@parley/testing/kits';
import { Config } from './config.ts';
import { createConnect } from './connect.ts';
import { assistantsVoice } from './fixtures/assistants-voice.ts';
import { chatVoice } from './fixtures/chat-voice.ts';
import { GOOD_KEY, MODEL, startProtocolServer } from './fixtures/protocol-server.ts';
import { responsesVoice } from './fixtures/responses-voice.ts';
import { FAULTS, MARKER, PICTURE, UNICODE } from './fixtures/voice.ts';
import { modalityKits } from './modalities/kits.ts';
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
  /** Starts a server that speaks the protocol. */
  readonly start: () => ReturnType<typeof startProtocolServer>;
  readonly settings: object;
  readonly turns?: ModelProviderSubject['turns'];
}

const azureKey: (req: IncomingMessage) => string | undefined = (req) => {
  const { 'api-key': key, authorization } = req.headers;
  return authorization === undefined && typeof key === 'string' ? key : undefined;
};

const { reasoning: _thoughts, image: _seen, imageOutput: _drawn, ...words } = turns;
const assistantsTurns = {
  ...words,
  // The run that waits is named by its calls.
  rounds: { ...turns.rounds, marker: 'call_9' },
  usage: { ...turns.usage, usage: { inputTokens: 30, outputTokens: 9 } },
};

/** Each way in which a server is asked. */
const WAYS: Readonly<Record<string, Way>> = {
  'Responses API': {
    start: () => startProtocolServer(responsesVoice, { base: '/v1' }),
    settings: { api: 'responses' },
  },
  'Chat Completions': { start: () => startProtocolServer(chatVoice(), { base: '/v1' }), settings: {} },
  'Azure, v1': {
    start: () => startProtocolServer(responsesVoice, { base: '/openai/v1', keyOf: azureKey }),
    settings: { azure: {}, models: [MODEL] },
  },
  'Azure, deployments': {
    start: () => {
      const voice = chatVoice((model) => `/deployments/${model}/chat/completions?api-version=${API_VERSION}`);
      return startProtocolServer(voice, { base: '/openai', keyOf: azureKey });
    },
    settings: { azure: { apiVersion: API_VERSION }, models: [MODEL], api: 'chat-completions' },
  },
  Assistants: {
    start: () => {
      const { voice, other } = assistantsVoice();
      return startProtocolServer(voice, { base: '/v1', other });
    },
    settings: { api: 'assistants' },
    turns: assistantsTurns,
  },
};

function kitOf([name, { start, settings, turns: own = turns }]: readonly [string, Way]): KitRun {
  const connectTo = (baseUrl: string, apiKey?: string) => {
    const config = Config.parse({ baseUrl, maxRetries: 0, ...settings, ...(apiKey ? { apiKey } : {}) });
    return createOpenAiProvider({ config, connect: createConnect({ config, fetch }) });
  };
  const makeSubject = async () => {
    const server = await start();
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
        turns: own,
        faults: Object.fromEntries(Object.keys(FAULTS).map((code) => [code, turn(code)])),
      },
      dispose: server.stop,
    };
  };
  return kitRun(modelProviderKit, makeSubject, name);
}

/** The conformance kits this provider passes, through the official SDK against servers that speak its protocols. */
export const kits = [...Object.entries(WAYS).map(kitOf), ...modalityKits];

import { kitRun, modelProviderKit } from '@parley/testing/kits';
import { SIGNATURE, UNICODE } from './fixtures/answers.ts';
import { connectTo } from './fixtures/ask.ts';
import { FAULTS, GOOD_KEY, MODEL, startProtocolServer } from './fixtures/protocol-server.ts';
import { startMock } from './fixtures/start-mock.ts';

const tool = (name: string) => ({ name, description: 'For the kit', inputSchema: { type: 'object', properties: {} } });
const turn = (prompt: string) => ({ model: MODEL, prompt });
const faultsOf = (codes: readonly string[]) => Object.fromEntries(codes.map((code) => [code, turn(code)]));

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
  rounds: { ...turn('rounds'), tools: [tool('kit_weather')], text: 'It rains.' },
};
const picture = { bytes: Uint8Array.of(137, 80, 78, 71), mime: 'image/png' };

async function makeSubject() {
  const server = await startProtocolServer();
  return {
    value: {
      provider: connectTo(server.url),
      withoutKey: connectTo(server.url, { apiKey: undefined }),
      credentials: { good: { apiKey: GOOD_KEY }, bad: { apiKey: 'another-key' } },
      upstream: { url: server.url, connect: (url: string) => connectTo(url) },
      received: server.received,
      openStreams: server.openStreams,
      turns: {
        ...turns,
        rounds: { ...turns.rounds, marker: SIGNATURE },
        image: { ...turn('image'), ...picture, text: 'A picture' },
        imageOutput: { ...turn('picture'), ...picture },
        structured: {
          ...turn('structured'),
          text: '{"kit_field":1}',
          schema: { type: 'object', properties: { kit_field: { type: 'number' } } },
        },
        usage: {
          ...turn('usage'),
          usage: { inputTokens: 30, outputTokens: 9, cachedInputTokens: 20, cacheWriteTokens: 7 },
        },
        odd: { ...turn('odd'), text: 'odd' },
      },
      faults: faultsOf(Object.keys(FAULTS)),
    },
    dispose: server.stop,
  };
}

async function makeMockSubject() {
  const mock = await startMock();
  const connect = (url: string) => connectTo(url, { models: [MODEL] });
  return {
    value: {
      provider: connect(mock.url),
      upstream: { url: mock.url, connect },
      received: mock.received,
      turns: { ...turns, usage: { ...turn('usage'), usage: { inputTokens: 3, outputTokens: 9 } } },
      faults: faultsOf(mock.faults),
    },
    dispose: mock.stop,
  };
}

/** The conformance kits this provider passes, through the official SDK: against a mock of others, and a server of ours. */
export const kits = [
  // The mock first: it goes on with a slow answer for some seconds when nobody listens any more.
  kitRun(modelProviderKit, makeMockSubject, 'a mock of other people'),
  kitRun(modelProviderKit, makeSubject, 'a server that speaks the protocol'),
];

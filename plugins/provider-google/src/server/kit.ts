import { kitRun, modelProviderKit } from '@parley/testing/kits';
import { Config } from './config.ts';
import { createConnect } from './connect.ts';
import { FAULTS, PICTURE, SIGNATURE, UNICODE } from './fixtures/answers.ts';
import { GOOD_KEY, MODEL, startProtocolServer } from './fixtures/protocol-server.ts';
import { createGoogleProvider } from './google-provider.ts';

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
  rounds: { ...turn('rounds'), tools: [tool('kit_weather')], text: 'It rains.', marker: SIGNATURE },
  image: { ...turn('image'), bytes: Uint8Array.of(137, 80, 78, 71), mime: 'image/png', text: 'A picture' },
  imageOutput: { ...turn('picture'), bytes: PICTURE, mime: 'image/png' },
  structured: {
    ...turn('structured'),
    text: '{"kit_field":1}',
    schema: { type: 'object', properties: { kit_field: { type: 'number' } } },
  },
  usage: { ...turn('usage'), usage: { inputTokens: 30, outputTokens: 9, cachedInputTokens: 20, reasoningTokens: 5 } },
  odd: { ...turn('odd'), text: 'odd' },
};
const faults = Object.fromEntries(
  [...Object.keys(FAULTS), 'MODEL_CONTENT_POLICY'].map((code) => [
    code,
    turn(code === 'MODEL_CONTENT_POLICY' ? 'blocked' : code),
  ]),
);

/** Where a provider is and what opens it; `credentials` are those of a person. */
type Way = (server: Awaited<ReturnType<typeof startProtocolServer>>) => {
  readonly open: object;
  readonly shut: object;
  readonly good: Record<string, string>;
  readonly bad: Record<string, string>;
};

const gemini: Way = () => ({
  open: { apiKey: GOOD_KEY },
  shut: {},
  good: { apiKey: GOOD_KEY },
  bad: { apiKey: 'AIza-other' },
});
const vertex: Way = ({ tokens: { serviceAccount } }) => {
  const shut = { project: 'kit-project', location: 'europe-west4' };
  const other = { ...(JSON.parse(serviceAccount) as object), private_key: 'none' };
  return {
    open: { ...shut, serviceAccount },
    shut,
    good: { serviceAccount },
    bad: { serviceAccount: JSON.stringify(other) },
  };
};

const runOf = (way: Way) =>
  kitRun(modelProviderKit, async () => {
    const server = await startProtocolServer();
    const { open, shut, good, bad } = way(server);
    const connectTo = (baseUrl: string, settings: object) => {
      const config = Config.parse({ baseUrl, maxRetries: 0, ...settings });
      const { fetch } = server;
      return createGoogleProvider({ config, fetch, connect: createConnect({ config, fetch }) });
    };
    return {
      value: {
        provider: connectTo(server.url, open),
        withoutKey: connectTo(server.url, shut),
        credentials: { good, bad },
        upstream: { url: server.url, connect: (url: string) => connectTo(url, open) },
        received: server.received,
        openStreams: server.openStreams,
        turns,
        faults,
      },
      dispose: server.stop,
    };
  });

/** The conformance kits this provider passes, through the official SDK against a server that speaks both protocols. */
export const kits = [runOf(gemini), runOf(vertex)];

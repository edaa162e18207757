import { kitRun, modelProviderKit } from '@parley/testing/kits';
import { createBedrockProvider } from './bedrock-provider.ts';
import { Config } from './config.ts';
import { SIGNATURE, UNICODE } from './fixtures/answers.ts';
import { FAULTS, GOOD_KEY, MODEL, startProtocolServer } from './fixtures/protocol-server.ts';

const tool = (name: string) => ({ name, description: 'For the kit', inputSchema: { type: 'object', properties: {} } });

/** The conformance kits this provider passes, through the official SDK against a server that speaks the protocol. */
export const kits = [
  kitRun(modelProviderKit, async () => {
    const server = await startProtocolServer();
    const turn = (prompt: string) => ({ model: MODEL, prompt });
    const connect = (baseUrl: string, apiKey?: string) =>
      createBedrockProvider({
        config: Config.parse({ baseUrl, listUrl: baseUrl, maxRetries: 0, ...(apiKey ? { apiKey } : {}) }),
        fetch,
      });
    return {
      value: {
        provider: connect(server.url, GOOD_KEY),
        withoutKey: connect(server.url),
        credentials: { good: { apiKey: GOOD_KEY }, bad: { apiKey: 'another-key' } },
        upstream: { url: server.url, connect: (url: string) => connect(url, GOOD_KEY) },
        received: server.received,
        openStreams: server.openStreams,
        turns: {
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
          imageOutput: { ...turn('picture'), bytes: Uint8Array.of(137, 80, 78, 71), mime: 'image/png' },
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
        faults: Object.fromEntries(Object.keys(FAULTS).map((code) => [code, turn(code)])),
      },
      dispose: server.stop,
    };
  }),
];

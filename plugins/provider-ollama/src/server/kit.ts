import { embeddingProviderKit, kitRun, modelProviderKit } from '@parley/testing/kits';
import { Config } from './config.ts';
import { createConnect } from './connect.ts';
import { createEmbeddings } from './embeddings.ts';
import { startEmbeddingServer, tokensOf, vectorOf } from './fixtures/embedding-server.ts';
import { FAULTS, startProtocolServer, UNICODE } from './fixtures/protocol-server.ts';
import { createOllamaProvider } from './ollama-provider.ts';

const tool = (name: string) => ({ name, description: 'For the kit', inputSchema: { type: 'object', properties: {} } });

/** The conformance kits this provider passes, through the official client against a server that speaks the protocol. */
export const kits = [
  kitRun(modelProviderKit, async () => {
    const server = await startProtocolServer();
    const turn = (prompt: string) => ({ model: 'kit', prompt });
    const connect = (baseUrl: string) => {
      const config = Config.parse({ baseUrl, maxRetries: 0 });
      return createOllamaProvider({ config, connect: createConnect({ config, fetch }), fetch });
    };
    return {
      value: {
        provider: connect(server.url),
        upstream: { url: server.url, connect },
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
          rounds: { ...turn('rounds'), tools: [tool('kit_weather')], text: 'It rains.', marker: 'I must look.' },
          image: { ...turn('image'), bytes: Uint8Array.of(137, 80, 78, 71), mime: 'image/png', text: 'A picture' },
          structured: {
            ...turn('structured'),
            text: '{"kit_field":1}',
            schema: { type: 'object', properties: { kit_field: { type: 'number' } } },
          },
          usage: { ...turn('usage'), usage: { inputTokens: 30, outputTokens: 9, costUsd: 0 } },
          odd: { ...turn('odd'), text: 'odd' },
        },
        faults: Object.fromEntries(Object.keys(FAULTS).map((code) => [code, turn(code)])),
      },
      dispose: server.stop,
    };
  }),
  kitRun(embeddingProviderKit, async () => {
    const server = await startEmbeddingServer();
    const connect = (baseUrl: string) => {
      const config = Config.parse({ baseUrl, maxRetries: 0 });
      return createEmbeddings({ config, connect: createConnect({ config, fetch }) });
    };
    return {
      value: {
        provider: connect(server.url),
        upstream: { url: server.url, connect },
        model: 'embed',
        slow: 'slow',
        vectorOf,
        tokensOf,
        received: server.received,
        openStreams: server.openStreams,
        faults: Object.fromEntries(Object.keys(FAULTS).map((code) => [code, code])),
      },
      dispose: server.stop,
    };
  }),
];

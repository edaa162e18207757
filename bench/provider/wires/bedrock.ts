import { crc32 } from 'node:zlib';
import type { Wire } from './wire.ts';

interface Piece {
  readonly delta?: { readonly text?: string };
}

const STRING = 7;
const PRELUDE_BYTES = 8;
const CHECKSUM_BYTES = 4;

function header(name: string, value: string): Buffer {
  const size = Buffer.alloc(2);
  size.writeUInt16BE(Buffer.byteLength(value));
  return Buffer.concat([
    Buffer.from([name.length]),
    Buffer.from(name),
    Buffer.from([STRING]),
    size,
    Buffer.from(value),
  ]);
}

const checksumOf = (bytes: Uint8Array): Buffer => {
  const sum = Buffer.alloc(CHECKSUM_BYTES);
  sum.writeUInt32BE(crc32(bytes));
  return sum;
};

/** One event of AWS's binary streams. */
function frame(type: string, data: object): Buffer {
  const headers = Buffer.concat([
    header(':event-type', type),
    header(':content-type', 'application/json'),
    header(':message-type', 'event'),
  ]);
  const payload = Buffer.from(JSON.stringify({ ...data, p: 'abcdefghijklmnop' }));
  const prelude = Buffer.alloc(PRELUDE_BYTES);
  prelude.writeUInt32BE(PRELUDE_BYTES + CHECKSUM_BYTES + headers.length + payload.length + CHECKSUM_BYTES, 0);
  prelude.writeUInt32BE(headers.length, 4);
  const whole = Buffer.concat([prelude, checksumOf(prelude), headers, payload]);
  return Buffer.concat([whole, checksumOf(whole)]);
}

const messages = [{ role: 'user' as const, content: [{ text: 'hi' }] }];

/** Converse of Amazon Bedrock. */
export const bedrock: Wire = {
  name: 'bedrock',
  plugin: 'bedrock',
  config: (url) => ({ key: 'bench', baseUrl: url, apiKey: 'bench', models: ['bench'] }),
  mime: 'application/vnd.amazon.eventstream',
  head: frame('messageStart', { role: 'assistant' }),
  piece: (text) => frame('contentBlockDelta', { contentBlockIndex: 0, delta: { text } }),
  tail: Buffer.concat([
    frame('contentBlockStop', { contentBlockIndex: 0 }),
    frame('messageStop', { stopReason: 'end_turn' }),
    frame('metadata', { usage: { inputTokens: 3, outputTokens: 9, totalTokens: 12 }, metrics: { latencyMs: 1 } }),
  ]),
  sdk: async (url) => {
    const { BedrockRuntimeClient, ConverseStreamCommand } = await import('@aws-sdk/client-bedrock-runtime');
    const { NodeHttpHandler } = await import('@smithy/node-http-handler');
    const client = new BedrockRuntimeClient({
      region: 'us-east-1',
      endpoint: url,
      token: { token: 'bench' },
      authSchemePreference: ['httpBearerAuth'],
      // By itself it opens no more than 50 connections.
      requestHandler: new NodeHttpHandler({ httpAgent: { maxSockets: 10_000 } }),
    });
    return async function* read(abortSignal) {
      const command = new ConverseStreamCommand({ modelId: 'bench', messages });
      const { stream } = await client.send(command, { abortSignal });
      for await (const { contentBlockDelta } of stream ?? []) yield contentBlockDelta?.delta?.text;
    };
  },
  request: { path: '/model/bench/converse-stream', body: { messages } },
  form: 'frames',
  textOf: ({ delta }: Piece) => delta?.text,
};

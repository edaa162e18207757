import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPrincipal, live, modelProvider } from '@parley/contracts';
import type { LiveRef, ModelProvider } from '@parley/contracts';
import { startHost } from '@parley/host-server';
import { definePlugin } from '@parley/kernel';
import type { AnyPlugin } from '@parley/kernel';
import { createParser } from 'eventsource-parser';
import type { Wire } from './wires/wire.ts';

/** Reads one stream to its end; gives its pieces of text. */
export type Read = (signal: AbortSignal) => AsyncIterable<string | undefined>;

/** The provider as a host runs it: its plugin, with its settings and its way out. */
export async function openAdapter(wire: Wire, url: string): Promise<Read> {
  const { default: plugin } = (await import(`@parley/plugin-provider-${wire.plugin}/server`)) as { default: AnyPlugin };
  let providers: LiveRef<ModelProvider> | undefined;
  const taker = definePlugin({
    id: 'bench',
    version: '0.0.0',
    kernel: '^1.0.0',
    requires: { providers: live(modelProvider) },
    setup(_ctx, needs) {
      ({ providers } = needs);
    },
  });
  await startHost({
    plugins: [
      { plugin, config: wire.config(url), firstParty: true },
      { plugin: taker, firstParty: true },
    ],
    port: 0,
    dataDir: mkdtempSync(join(tmpdir(), 'parley-bench-')),
    logLevel: 'error',
  });
  const request = {
    model: 'bench',
    messages: [{ role: 'user' as const, parts: [{ type: 'text' as const, text: 'hi' }] }],
    tools: [],
    parameters: {},
    principal: createPrincipal({ kind: 'user', id: 'bench' }),
    requestId: 'bench',
  };
  const provider = providers?.lease('bench').value;
  if (!provider) throw new Error(`no provider of ${wire.plugin}`);
  return async function* read(signal) {
    for await (const event of provider.stream(request, signal)) if (event.type === 'text') yield event.text;
  };
}

type Decode = (bytes: Uint8Array) => readonly unknown[];

const decoders: Readonly<Record<Wire['form'], () => Decode>> = {
  events() {
    const utf8 = new TextDecoder();
    let ready: unknown[] = [];
    const parser = createParser({
      onEvent: ({ data }) => void (data === '[DONE]' || ready.push(JSON.parse(data))),
    });
    return (bytes) => {
      ready = [];
      parser.feed(utf8.decode(bytes, { stream: true }));
      return ready;
    };
  },
  lines() {
    const utf8 = new TextDecoder();
    let rest = '';
    return (bytes) => {
      const lines = (rest + utf8.decode(bytes, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      return lines.map((line) => JSON.parse(line) as unknown);
    };
  },
  frames() {
    let rest: Buffer = Buffer.alloc(0);
    return (bytes) => {
      rest = Buffer.concat([rest, bytes]);
      const ready: unknown[] = [];
      while (rest.length >= 4 && rest.length >= rest.readUInt32BE(0)) {
        const size = rest.readUInt32BE(0);
        ready.push(JSON.parse(rest.toString('utf8', 12 + rest.readUInt32BE(4), size - 4)));
        rest = rest.subarray(size);
      }
      return ready;
    };
  },
};

/** A plain parser: what anybody would write who needs nothing but the text. */
export const openParser = (wire: Wire, url: string): Read =>
  async function* read(signal) {
    const { path, body } = wire.request;
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body), signal });
    const decode = decoders[wire.form]();
    for await (const bytes of response.body ?? []) {
      for (const decoded of decode(bytes)) yield wire.textOf(decoded);
    }
  };

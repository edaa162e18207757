import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPrincipal, newId } from '@parley/contracts';
import type { ModelEvent, ModelRequest } from '@parley/contracts';
import { Config } from './config.ts';
import { createConnect } from './connect.ts';
import { GOOD_KEY, MODEL, startProtocolServer } from './fixtures/protocol-server.ts';
import type { Body } from './fixtures/protocol-server.ts';
import { createGoogleProvider } from './google-provider.ts';

const MEGABYTE = 1_024 * 1_024;

let server: Awaited<ReturnType<typeof startProtocolServer>>;
beforeAll(async () => {
  server = await startProtocolServer();
});
afterAll(() => server.stop());

const connectTo = (settings: object) => {
  const config = Config.parse({ baseUrl: server.url, maxRetries: 0, ...settings });
  const { fetch } = server;
  return createGoogleProvider({ config, fetch, connect: createConnect({ config, fetch }) });
};
const filed = (mime: string, megabytes: number, name = 'film') => ({
  file: { id: newId(), name, mime, sizeBytes: Math.ceil(megabytes * MEGABYTE) },
  bytes: new Uint8Array(Math.ceil(megabytes * MEGABYTE)),
});
const request = (...files: readonly ReturnType<typeof filed>[]): ModelRequest => ({
  model: MODEL,
  messages: [
    {
      role: 'user',
      parts: [{ type: 'text', text: 'plain' }, ...files.map(({ file }) => ({ type: 'file' as const, file }))],
    },
  ],
  tools: [],
  parameters: {},
  principal: createPrincipal({ kind: 'user', id: 'ada' }),
  requestId: 'r1',
  readFile: async ({ id, mime }) => ({
    bytes: files.find(({ file }) => file.id === id)?.bytes ?? new Uint8Array(),
    mime,
  }),
});
async function ask(google: ReturnType<typeof connectTo>, asked: ModelRequest, signal = new AbortController().signal) {
  const events: ModelEvent[] = [];
  for await (const event of google.stream(asked, signal)) events.push(event);
  const { contents } = server.received() as Body;
  return {
    parts: contents[0]?.parts.slice(1),
    notices: events.flatMap((event) => (event.type === 'notice' ? [event.text] : [])),
  };
}

describe('files of a prompt', () => {
  it('go into the request while there is room, sound and films too; text as text', async () => {
    const text = { ...filed('text/markdown', 0, 'notes.md'), bytes: new TextEncoder().encode('# Notes') };
    const { parts, notices } = await ask(connectTo({ apiKey: GOOD_KEY }), request(filed('audio/mpeg', 0.001), text));
    expect(parts).toEqual([
      { inlineData: { mimeType: 'audio/mpeg', data: expect.any(String) } },
      { text: '[file notes.md]\n# Notes' },
    ]);
    expect(notices).toEqual([]);
  });

  it('are uploaded when they are larger, used when they are ready, and uploaded once', async () => {
    const google = connectTo({ apiKey: GOOD_KEY });
    const film = request(filed('video/mp4', 15));
    const before = server.files.stored.length;
    const { parts } = await ask(google, film);
    expect(parts).toEqual([{ fileData: { mimeType: 'video/mp4', fileUri: expect.stringContaining('/files/kit-') } }]);
    expect(server.files.stored[before]).toMatchObject({ bytes: 15 * MEGABYTE, looksLeft: 0 });
    await ask(google, film);
    expect(server.files.stored).toHaveLength(before + 1);
  }, 30_000);

  it('are named to both where the server can not read them', async () => {
    const { parts, notices } = await ask(connectTo({ apiKey: GOOD_KEY }), request(filed('video/x-flv', 15)));
    expect(parts).toEqual([{ text: '[file film, not included]' }]);
    expect(notices).toEqual([expect.stringContaining('film')]);
  }, 30_000);

  it('are named to both where Vertex AI has no room for them, the oldest first', async () => {
    const { serviceAccount } = server.tokens;
    const files = [filed('video/mp4', 9, 'old'), filed('video/mp4', 9, 'new')];
    const { parts, notices } = await ask(connectTo({ project: 'kit-project', serviceAccount }), request(...files));
    expect(parts).toEqual([{ text: '[file old, not included]' }, { inlineData: expect.anything() }]);
    expect(notices).toEqual([expect.stringContaining('old')]);
  }, 30_000);

  it('are given up with the answer', async () => {
    const stop = new AbortController();
    const reason = new Error('stopped');
    const google = connectTo({ apiKey: GOOD_KEY });
    const film = request(filed('video/mp4', 15));
    const asked = ask(
      google,
      {
        ...film,
        readFile: async (...call) => {
          setImmediate(() => stop.abort(reason));
          return (film.readFile as NonNullable<ModelRequest['readFile']>)(...call);
        },
      },
      stop.signal,
    );
    await expect(asked).rejects.toBe(reason);
  }, 30_000);
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { joinBytes, modelErrors, SpeakingModel, speechProvider, TranscriptionModel } from '@parley/contracts';
import type { SpeakingRequest, SpeechProvider } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import authLocal from '@parley/plugin-auth-local/server';
import cacheMemory from '@parley/plugin-cache-memory/server';
import events from '@parley/plugin-events/server';
import identity from '@parley/plugin-identity/server';
import { keysContract } from '@parley/plugin-keys/contract';
import keys from '@parley/plugin-keys/server';
import models from '@parley/plugin-models/server';
import { speechContract } from '@parley/plugin-speech/contract';
import speech from '@parley/plugin-speech/server';
import storageSqlite from '@parley/plugin-storage-sqlite/server';
import { startTestHost, testPluginContract } from '@parley/testing';
import type { TestHost } from '@parley/testing';

const others = [storageSqlite, cacheMemory, identity, authLocal, events, keys, models];
const asked: SpeakingRequest[] = [];
/** Told of each reading that ends, heard or not. */
const ends = new EventTarget();

/** Hears and says bytes as texts; `keyed` wants a key of the person. */
const createProvider = (name: string, wantsKey: boolean): SpeechProvider => ({
  async listModels(_signal, credentials) {
    if (wantsKey && !credentials) throw modelErrors.NEEDS_KEY({ provider: name });
    const voices = ['amy', 'bob'].map((id) => ({ id, name: id }));
    return {
      transcription: [TranscriptionModel.parse({ id: 'ear', name: 'Ear', mediaTypes: ['audio/webm'] })],
      speaking: [
        SpeakingModel.parse({ id: 'mouth', name: 'Mouth', voices, mediaTypes: ['audio/mpeg'], maxCharacters: 20 }),
      ],
    };
  },
  async transcribe({ audio, language, credentials }) {
    const text = new TextDecoder().decode(audio.bytes);
    if (text === 'fail') throw modelErrors.QUOTA({ provider: name });
    return { text: ` ${[name, text, language, credentials?.['apiKey']].filter(Boolean).join(' ')} ` };
  },
  async *speak(request) {
    asked.push(request);
    if (request.text === 'fail') throw modelErrors.RATE_LIMIT({ provider: name, retryAfterSeconds: 1 });
    try {
      for (let count = request.text === 'endless' ? 1e6 : 1; count > 0; count -= 1) {
        yield new TextEncoder().encode(`[${request.text}]`.repeat(request.text === 'endless' ? 10_000 : 1));
      }
    } finally {
      ends.dispatchEvent(new Event('end'));
    }
  },
});
const providers = definePlugin({
  id: 'voices',
  version: '1.0.0',
  kernel: '^1.0.0',
  provides: [speechProvider],
  setup(ctx) {
    const schema = {
      type: 'object',
      properties: { apiKey: { type: 'string', format: 'secret' } },
      required: ['apiKey'],
    };
    const credentials = { from: 'user' as const, schema, isSet: false };
    ctx.provide(speechProvider, createProvider('free', false), { title: 'Free' }, 'free');
    ctx.provide(speechProvider, createProvider('keyed', true), { title: 'Keyed', credentials }, 'keyed');
  },
});
async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}
const upload = (text: string, mediaType = 'audio/webm;codecs=opus') => ({ mediaType, bytes: bytesOf(text) });

describe('speech', () => {
  let host: TestHost;
  beforeAll(async () => {
    host = await startTestHost({ plugins: [...others, speech, providers] });
  });
  afterAll(() => host.stop());
  const ada = async () => (await host.user('ada')).client(speechContract);
  const said = async (input: Parameters<Awaited<ReturnType<typeof ada>>['speak']>[0]) => {
    const { bytes, ...rest } = await (await ada()).speak(input);
    return { ...rest, text: new TextDecoder().decode(await joinBytes(bytes)) };
  };

  it('offers what can be used without a key to who has none', async () => {
    const { transcription, speaking } = await (await ada()).options({});
    expect([transcription.map(({ id }) => id), speaking.map(({ id }) => id)]).toEqual([['free/ear'], ['free/mouth']]);
  });

  it('offers more to who has a key, and uses it', async () => {
    const bea = await host.user('bea');
    await bea.client(keysContract).set({ provider: 'keyed', values: { apiKey: 'sk-bea-1234' } });
    const client = bea.client(speechContract);
    expect((await client.options({})).transcription.map(({ id }) => id)).toEqual(['free/ear', 'keyed/ear']);
    const { text } = await client.transcribe({ audio: upload('hello'), model: 'keyed/ear' });
    expect(text).toBe('keyed hello sk-bea-1234');
  });

  it('writes a recording down', async () => {
    expect(await (await ada()).transcribe({ audio: upload('Grüße'), language: 'de' })).toEqual({
      text: 'free Grüße de',
    });
  });

  it.each([
    ['that is no sound', 'x', 'text/plain', 'HOST_UNSUPPORTED_TYPE'],
    ['that is too large', 'x'.repeat(25 * 1_024 * 1_024 + 1), 'audio/webm', 'HOST_TOO_LARGE'],
    ['that the provider refuses', 'fail', 'audio/webm', 'MODEL_QUOTA'],
  ])('says so of a recording %s', async (_name, text, mediaType, code) => {
    const client = await ada();
    await expect(client.transcribe({ audio: upload(text, mediaType) })).rejects.toMatchObject({ code });
  });

  it('names the models there are when another is asked for', async () => {
    const work = (await ada()).transcribe({ audio: upload('x'), model: 'keyed/ear' });
    await expect(work).rejects.toMatchObject({ code: 'SPEECH_NO_MODEL', message: expect.stringContaining('free/ear') });
  });

  it('reads Markdown as words, a long text in several pieces, with one voice', async () => {
    asked.length = 0;
    const reading = await said({ text: '# Hello\n\nThis **is** a longer text.', speed: 1.5 });
    expect(reading).toEqual({
      name: 'speech.mp3',
      mediaType: 'audio/mpeg',
      text: '[Hello\n\n][This is a longer ][text.]',
    });
    expect(asked.map(({ voice, speed }) => [voice, speed])).toEqual(Array.from({ length: 3 }, () => ['amy', 1.5]));
  });

  it('reads with the voice asked for', async () => {
    asked.length = 0;
    await said({ text: 'Hi', voice: 'bob' });
    expect(asked[0]?.voice).toBe('bob');
  });

  it.each([
    ['nothing but code', '```\ncode\n```', 'SPEECH_NOTHING_TO_READ'],
    ['what the provider refuses', 'fail', 'MODEL_RATE_LIMIT'],
  ])('says so of %s', async (_name, text, code) => {
    await expect(said({ text })).rejects.toMatchObject({ code });
  });

  it('ends a reading when nobody listens any more', async () => {
    const ended = new Promise((resolve) => ends.addEventListener('end', resolve, { once: true }));
    const { bytes } = await (await ada()).speak({ text: 'endless' });
    for await (const piece of bytes) if (piece.length > 0) break;
    await expect(ended).resolves.toBeDefined();
  });

  it('is for people who are signed in', async () => {
    const visitor = host.client(speechContract);
    await expect(visitor.options({})).rejects.toMatchObject({ code: 'HOST_UNAUTHENTICATED' });
    await expect(visitor.speak({ text: 'x' })).rejects.toMatchObject({ code: 'HOST_UNAUTHENTICATED' });
  });
});

describe('speech as the operator set it', () => {
  it('begins with the models and the voice of the settings', async () => {
    const config = { speakingModel: 'keyed/mouth', voice: 'bob', language: 'fr' };
    await using host = await startTestHost({
      plugins: [...others, { plugin: speech, config, firstParty: true }, providers],
    });
    const ada = await host.user('ada');
    await ada.client(keysContract).set({ provider: 'keyed', values: { apiKey: 'sk-ada-1234' } });
    const client = ada.client(speechContract);
    expect((await client.options({})).speaking.map(({ id }) => id)).toEqual(['keyed/mouth', 'free/mouth']);
    asked.length = 0;
    await joinBytes((await client.speak({ text: 'Hi' })).bytes);
    expect(asked[0]).toMatchObject({ voice: 'bob', credentials: { apiKey: 'sk-ada-1234' } });
    expect(await client.transcribe({ audio: upload('x') })).toEqual({ text: 'free x fr' });
  });

  it('offers nothing without a provider', async () => {
    await using host = await startTestHost({ plugins: [...others, speech] });
    const client = (await host.user('ada')).client(speechContract);
    expect(await client.options({})).toEqual({ transcription: [], speaking: [] });
    await expect(client.speak({ text: 'Hi' })).rejects.toMatchObject({ code: 'SPEECH_NO_MODEL' });
  });
});

it('leaves nothing behind', async () => {
  await testPluginContract(speech, {
    plugins: [...others, providers],
    exercise: async (host) => {
      const client = (await host.user('ada')).client(speechContract);
      await client.transcribe({ audio: upload('hello') });
      await joinBytes((await client.speak({ text: 'Hi' })).bytes);
    },
  });
});

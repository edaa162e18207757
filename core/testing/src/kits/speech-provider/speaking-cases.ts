import assert from 'node:assert/strict';
import { modelErrors, SpeakingModel } from '@parley/contracts';
import type { SpeakingRequest, SpeechProvider } from '@parley/contracts';
import { expectCode } from '../expect-code.ts';
import { skip } from '../kit.ts';
import type { KitCase } from '../kit.ts';
import { byKit, never } from '../modality/subject.ts';
import type { ModalitySubject } from '../modality/subject.ts';
import { wayCases } from '../modality/way-cases.ts';
import { untilClosed } from '../until-closed.ts';
import { manner, sideOf, speak } from './subject.ts';
import type { SpeechSubject } from './subject.ts';

type Case = KitCase<SpeechSubject>;

const HUGE_BYTES = 5_000_000;
const UNICODE = 'Grüße an 世界 👩🏽‍🚀!';

const said = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

const lists: Case = {
  name: 'lists models that speak, each id once, with voices, among them the one it uses',
  run: async (subject) => {
    const { provider, model } = sideOf(subject, 'speaking');
    const { speaking } = await provider.listModels(never());
    for (const { voices, ...each } of speaking) {
      SpeakingModel.parse({ ...each, voices });
      assert.equal(new Set(voices.map(({ id }) => id)).size, voices.length, 'no voice twice');
    }
    const ids = speaking.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length, 'no id twice');
    assert.ok(ids.includes(model), `${model} is listed`);
  },
};

const reads: Case = {
  name: 'gives the bytes of the whole reading in order, whatever the script',
  run: async (subject) => {
    const side = sideOf(subject, 'speaking');
    for (const text of ['plain', UNICODE, 'a\nb']) assert.equal(said(await speak(side, text)), text);
  },
};

const everyForm: Case = {
  name: 'takes every voice and media type it lists, and another speed',
  run: async (subject) => {
    const side = sideOf(subject, 'speaking');
    const { speaking } = await side.provider.listModels(never());
    const { voices = [], mediaTypes = [] } = speaking.find(({ id }) => id === side.model) ?? {};
    for (const { id: voice } of voices) assert.equal(said(await speak(side, 'plain', { voice })), 'plain');
    for (const mediaType of mediaTypes) assert.equal(said(await speak(side, 'plain', { mediaType })), 'plain');
    assert.equal(said(await speak(side, 'plain', { speed: 1.5 })), 'plain');
  },
};

const refuses: Case = {
  name: 'refuses voices, media types and lengths the model does not have with MODEL_BAD_REQUEST, before anything is sent',
  run: async (subject) => {
    const side = sideOf(subject, 'speaking');
    const before = side.received?.();
    const { speaking } = await side.provider.listModels(never());
    const most = speaking.find(({ id }) => id === side.model)?.maxCharacters;
    const wishes: Partial<SpeakingRequest>[] = [
      { voice: 'no-such-voice-kit' },
      { mediaType: 'audio/x-kit' },
      ...(most === undefined ? [] : [{ text: 'x'.repeat(most + 1) }]),
    ];
    for (const wish of wishes) await expectCode(modelErrors.BAD_REQUEST.code, speak(side, 'plain', wish));
    assert.equal(side.received?.(), before);
  },
};

const left: Case = {
  name: 'closes the upstream when the listener leaves',
  fault: 'abort',
  run: async (subject) => {
    const side = sideOf(subject, 'speaking');
    const reading = side.provider.speak(
      { ...byKit, model: side.model, text: subject.speaking?.huge ?? 'plain', ...(await manner(side)) },
      never(),
    );
    const iterator = reading[Symbol.asyncIterator]();
    assert.equal((await iterator.next()).done, false);
    await iterator.return?.();
    await untilClosed(side);
  },
};

const huge: Case = {
  name: 'gives a reading of 5 MB, in more than one piece',
  fault: 'huge',
  timeoutMs: 60_000,
  run: async (subject) => {
    const side = sideOf(subject, 'speaking');
    const text = subject.speaking?.huge;
    if (text === undefined) skip('no text with a long reading');
    let [length, count] = [0, 0];
    const request = { ...byKit, model: side.model, text, ...(await manner(side)) };
    for await (const piece of side.provider.speak(request, never())) {
      length += piece.length;
      count += 1;
    }
    assert.ok(length >= HUGE_BYTES, `${length} bytes came`);
    assert.ok(count > 1, 'it comes as it is made');
  },
};

/** What a provider that speaks must do. */
export const speakingCases: readonly Case[] = [
  lists,
  reads,
  everyForm,
  refuses,
  left,
  huge,
  ...wayCases<SpeechProvider, ModalitySubject<SpeechProvider>>({
    name: 'speaking',
    ask: async (provider, { model, text, signal, credentials }) =>
      said(await speak({ provider, model }, text, credentials ? { credentials } : {}, signal)),
    listModels: (provider, signal, credentials) => provider.listModels(signal, credentials),
  }).map(({ run, ...rest }) => ({ ...rest, run: (subject: SpeechSubject) => run(sideOf(subject, 'speaking')) })),
];

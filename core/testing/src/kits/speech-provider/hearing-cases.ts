import assert from 'node:assert/strict';
import { modelErrors, TranscriptionModel, Usage } from '@parley/contracts';
import type { SpeechProvider, SpokenPiece } from '@parley/contracts';
import { expectCode } from '../expect-code.ts';
import { skip } from '../kit.ts';
import type { KitCase } from '../kit.ts';
import { never } from '../modality/subject.ts';
import type { ModalitySubject } from '../modality/subject.ts';
import { wayCases } from '../modality/way-cases.ts';
import { sideOf, transcribe } from './subject.ts';
import type { SpeechSubject } from './subject.ts';

type Case = KitCase<SpeechSubject>;

const BIG = 10_000_000;

const heardBy = ({ hearing }: SpeechSubject): string => hearing?.heard ?? '';

const modelOf = async ({ provider, model }: ModalitySubject<SpeechProvider>): Promise<TranscriptionModel> => {
  const found = (await provider.listModels(never())).transcription.find(({ id }) => id === model);
  assert.ok(found, `${model} is listed`);
  return found;
};

const lists: Case = {
  name: 'lists models that hear, each id once, among them the one it uses',
  run: async (subject) => {
    const side = sideOf(subject, 'hearing');
    const { transcription } = await side.provider.listModels(never());
    for (const each of transcription) TranscriptionModel.parse(each);
    assert.equal(new Set(transcription.map(({ id }) => id)).size, transcription.length, 'no id twice');
    await modelOf(side);
  },
};

const hears: Case = {
  name: 'writes down what was said',
  run: async (subject) => {
    const { text, usage } = await transcribe(sideOf(subject, 'hearing'), 'plain');
    assert.equal(text, heardBy(subject));
    if (usage !== undefined) Usage.parse(usage);
  },
};

const sends: Case = {
  name: 'sends the recording whole, with language and prompt',
  run: async (subject) => {
    const side = sideOf(subject, 'hearing');
    if (side.received === undefined) skip('the upstream does not tell what it received');
    await transcribe(side, 'the recording of the kit', { language: 'de', prompt: 'Names: Grüße-kit' });
    for (const part of ['the recording of the kit', 'de', 'Names: Grüße-kit']) {
      assert.ok(side.received().includes(part), `${part} came`);
    }
  },
};

function assertPieces(pieces: readonly SpokenPiece[] | undefined, text: string): void {
  assert.ok(pieces && pieces.length > 0, 'there are pieces');
  let before = 0;
  for (const { startSeconds, endSeconds } of pieces) {
    assert.ok(before <= startSeconds && startSeconds <= endSeconds, 'in order');
    before = startSeconds;
  }
  const letters = (of: string) => of.replace(/[^\p{L}\p{N}]+/gu, '');
  assert.equal(letters(pieces.map((piece) => piece.text).join('')), letters(text), 'together they are the text');
}

const times: Case = {
  name: 'tells the times it says it can, and refuses the others',
  run: async (subject) => {
    const side = sideOf(subject, 'hearing');
    const model = await modelOf(side);
    for (const wanted of ['segments', 'words'] as const) {
      const asked = transcribe(side, 'plain', { times: wanted });
      if (model.times.includes(wanted)) {
        const transcript = await asked;
        assertPieces(transcript[wanted], transcript.text);
      } else await expectCode(modelErrors.BAD_REQUEST.code, asked);
    }
  },
};

const refuses: Case = {
  name: 'refuses a recording of a kind or size the model does not take with MODEL_BAD_REQUEST',
  run: async (subject) => {
    const side = sideOf(subject, 'hearing');
    const { maxBytes } = await modelOf(side);
    const odd = { audio: { bytes: Uint8Array.of(1), mime: 'audio/x-kit' } };
    await expectCode(modelErrors.BAD_REQUEST.code, transcribe(side, '', odd));
    if (maxBytes === undefined) return;
    const large = { audio: { bytes: new Uint8Array(maxBytes + 1), mime: 'audio/webm' } };
    await expectCode(modelErrors.BAD_REQUEST.code, transcribe(side, '', large));
  },
};

const big: Case = {
  name: 'takes a recording of 10 MB',
  fault: 'huge',
  timeoutMs: 60_000,
  run: async (subject) => {
    const { text } = await transcribe(sideOf(subject, 'hearing'), 'x'.repeat(BIG));
    assert.equal(text, heardBy(subject));
  },
};

/** What a provider that hears must do. */
export const hearingCases: readonly Case[] = [
  lists,
  hears,
  sends,
  times,
  refuses,
  big,
  ...wayCases<SpeechProvider, ModalitySubject<SpeechProvider>>({
    name: 'hearing',
    ask: (provider, { model, text, signal, credentials }) =>
      transcribe({ provider, model }, text, credentials ? { credentials } : {}, signal),
    listModels: (provider, signal, credentials) => provider.listModels(signal, credentials),
  }).map(({ run, ...rest }) => ({ ...rest, run: (subject: SpeechSubject) => run(sideOf(subject, 'hearing')) })),
];

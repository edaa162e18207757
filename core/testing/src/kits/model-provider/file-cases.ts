import assert from 'node:assert/strict';
import { newId } from '@parley/contracts';
import type { FileRef, NewFile, Part } from '@parley/contracts';
import { skip } from '../kit.ts';
import type { KitCase } from '../kit.ts';
import { gather, receivedBy, textOf, toRequest } from './subject.ts';
import type { ModelProviderSubject } from './subject.ts';

type Case = KitCase<ModelProviderSubject>;

const readsImages: Case = {
  name: 'sends pictures of the conversation to a model that sees',
  run: async (subject) => {
    const turn = subject.turns.image;
    if (turn === undefined) skip('no model that sees');
    const { bytes, mime } = turn;
    const file = { id: newId(), name: 'picture', mime, sizeBytes: bytes.length };
    const parts: Part[] = [
      { type: 'text', text: turn.prompt },
      { type: 'file', file },
    ];
    const request = { ...toRequest(turn), messages: [{ role: 'user' as const, parts }] };
    const events = await gather(subject, { ...request, readFile: async () => ({ bytes, mime }) });
    assert.equal(textOf(events), turn.text);
    assert.ok(receivedBy(subject).includes(Buffer.from(bytes).toString('base64')), 'the picture came');
  },
};

const savesFiles: Case = {
  name: 'saves a picture that the model made, and gives it as a part',
  run: async (subject) => {
    const turn = subject.turns.imageOutput;
    if (turn === undefined) skip('no model that makes pictures');
    const saved: NewFile[] = [];
    const saveFile = async (file: NewFile): Promise<FileRef> => {
      saved.push(file);
      return { id: newId(), name: file.name, mime: file.mime, sizeBytes: file.bytes.length };
    };
    const events = await gather(subject, { ...toRequest(turn), saveFile });
    assert.equal(saved.length, 1, 'one picture was saved');
    assert.deepEqual([saved[0]?.mime, Buffer.from(saved[0]?.bytes ?? [])], [turn.mime, Buffer.from(turn.bytes)]);
    const files = events.flatMap((event) => (event.type === 'part' && event.part.type === 'file' ? [event] : []));
    assert.equal(files.length, 1, 'one part holds it');
    assert.equal(events.at(-1)?.type, 'finish');
  },
};

const losesFiles: Case = {
  name: 'says in a notice that a picture is lost which nobody can keep, and finishes',
  run: async (subject) => {
    const turn = subject.turns.imageOutput;
    if (turn === undefined) skip('no model that makes pictures');
    const refuses = async () => {
      throw new Error('the disk is full');
    };
    for (const more of [{}, { saveFile: refuses }]) {
      const events = await gather(subject, { ...toRequest(turn), ...more });
      assert.ok(
        events.some((event) => event.type === 'notice' && event.level === 'warning'),
        'a notice tells it',
      );
      assert.ok(events.every((event) => event.type !== 'part' || event.part.type !== 'file'));
      assert.equal(events.at(-1)?.type, 'finish');
    }
  },
};

const namesFiles: Case = {
  name: 'tells model and person of a file it can not send',
  run: async (subject) => {
    const { plain } = subject.turns;
    receivedBy(subject);
    const file = { id: newId(), name: 'odd.kit', mime: 'application/x-kit', sizeBytes: 3 };
    const parts: Part[] = [
      { type: 'text', text: plain.prompt },
      { type: 'file', file },
    ];
    const request = { ...toRequest(plain), messages: [{ role: 'user' as const, parts }] };
    const events = await gather(subject, request);
    assert.equal(events.at(-1)?.type, 'finish');
    assert.ok(
      events.some((event) => event.type === 'notice' && event.text.includes('odd.kit')),
      'a notice names the file',
    );
    assert.ok(receivedBy(subject).includes('odd.kit'), 'the model hears its name');
  },
};

/** What a provider does with files: those of the conversation, and those that the model makes. */
export const fileCases: readonly Case[] = [readsImages, savesFiles, losesFiles, namesFiles];

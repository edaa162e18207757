import assert from 'node:assert/strict';
import { ImageModel, imageProvider, modelErrors, Usage } from '@parley/contracts';
import type { FileContent, GeneratedImages, ImageProvider, ImageRequest } from '@parley/contracts';
import { expectCode } from '../expect-code.ts';
import { defineKit, skip } from '../kit.ts';
import type { KitCase } from '../kit.ts';
import { byKit, never } from '../modality/subject.ts';
import type { ModalitySubject } from '../modality/subject.ts';
import { wayCases } from '../modality/way-cases.ts';

/** A provider of pictures under test. */
export interface ImageSubject extends ModalitySubject<ImageProvider> {
  /** The picture the upstream makes for a prompt. */
  readonly picture: FileContent;
  /** A prompt for which it makes a picture of at least 5 MB. */
  readonly huge?: string;
  /** A prompt that the provider rewrites, and what it makes of it. */
  readonly revised?: { readonly text: string; readonly prompt: string };
}

type Case = KitCase<ImageSubject>;

const HUGE_BYTES = 5_000_000;

const generate = (
  { provider, model }: ImageSubject,
  prompt: string,
  more: Partial<ImageRequest> = {},
): Promise<GeneratedImages> => provider.generate({ ...byKit, model, prompt, ...more }, never());

const modelOf = async ({ provider, model }: ImageSubject): Promise<ImageModel> => {
  const found = (await provider.listModels(never())).find(({ id }) => id === model);
  assert.ok(found, `${model} is listed`);
  return found;
};

const receivedBy = ({ received }: ImageSubject): string => {
  if (received === undefined) skip('the upstream does not tell what it received');
  return received();
};

const lists: Case = {
  name: 'lists models that fit their schema, each id once, among them the one it uses',
  run: async (subject) => {
    const models = await subject.provider.listModels(never());
    for (const each of models) ImageModel.parse(each);
    assert.equal(new Set(models.map(({ id }) => id)).size, models.length, 'no id twice');
    await modelOf(subject);
  },
};

const makes: Case = {
  name: 'gives the picture, with the media type it has',
  run: async (subject) => {
    const { images } = await generate(subject, 'A red house');
    assert.equal(images.length, 1);
    assert.deepEqual(images[0]?.bytes, subject.picture.bytes);
    assert.equal(images[0]?.mime, subject.picture.mime);
  },
};

const unicode: Case = {
  name: 'sends a prompt of any script whole',
  run: async (subject) => {
    const prompt = 'Ein Gruß 世界 👩🏽‍🚀 "quoted"\nand more';
    await generate(subject, prompt);
    assert.ok(receivedBy(subject).includes(prompt));
  },
};

const several: Case = {
  name: 'makes as many pictures as asked for, and refuses more than the model makes',
  run: async (subject) => {
    const { maxCount } = await modelOf(subject);
    const count = Math.min(3, maxCount);
    assert.equal((await generate(subject, 'Houses', { count })).images.length, count);
    await expectCode(modelErrors.BAD_REQUEST.code, generate(subject, 'Houses', { count: maxCount + 1 }));
  },
};

const refuses: Case = {
  name: 'refuses what the model can not do with MODEL_BAD_REQUEST, before anything is sent',
  run: async (subject) => {
    const before = subject.received?.();
    const { canBeTransparent, maxImages } = await modelOf(subject);
    const wishes: Partial<ImageRequest>[] = [
      { size: '3x3' },
      { quality: 'no-such-quality-kit' },
      { mediaType: 'image/x-kit' },
      { images: Array.from({ length: maxImages + 1 }, () => subject.picture) },
      ...(canBeTransparent ? [] : [{ background: 'transparent' as const }]),
    ];
    for (const wish of wishes) await expectCode(modelErrors.BAD_REQUEST.code, generate(subject, 'A house', wish));
    assert.equal(subject.received?.(), before);
  },
};

const takesWishes: Case = {
  name: 'takes every size, quality and media type it lists',
  run: async (subject) => {
    const { sizes, qualities, mediaTypes } = await modelOf(subject);
    for (const size of sizes) await generate(subject, 'A house', { size });
    for (const quality of qualities) await generate(subject, 'A house', { quality });
    for (const mediaType of mediaTypes) await generate(subject, 'A house', { mediaType });
  },
};

const changes: Case = {
  name: 'sends the pictures to begin with, all of them',
  run: async (subject) => {
    const { maxImages } = await modelOf(subject);
    if (maxImages === 0) skip('a model that makes new pictures only');
    const bytes = (name: string) => new Uint8Array(Buffer.concat([subject.picture.bytes, Buffer.from(name)]));
    const names = ['first-kit', 'second-kit'].slice(0, maxImages);
    const images = names.map((name) => ({ bytes: bytes(name), mime: subject.picture.mime }));
    assert.equal((await generate(subject, 'Make it blue', { images })).images.length, 1);
    const received = receivedBy(subject);
    assert.ok(received.includes('Make it blue'));
    for (const { bytes: sent } of images) {
      const isThere = [sent, Buffer.from(sent).toString('base64')].some((form) =>
        received.includes(typeof form === 'string' ? form : Buffer.from(form).toString('latin1')),
      );
      assert.ok(isThere, 'each picture came');
    }
  },
};

const huge: Case = {
  name: 'gives a picture of 5 MB whole',
  fault: 'huge',
  timeoutMs: 60_000,
  run: async (subject) => {
    if (subject.huge === undefined) skip('no prompt for a large picture');
    const { images } = await generate(subject, subject.huge);
    assert.ok((images[0]?.bytes.length ?? 0) >= HUGE_BYTES);
  },
};

const revised: Case = {
  name: 'tells what the provider made of the prompt',
  run: async (subject) => {
    if (subject.revised === undefined) skip('a provider that takes prompts as they are');
    const { images } = await generate(subject, subject.revised.text);
    assert.equal(images[0]?.revisedPrompt, subject.revised.prompt);
  },
};

const counts: Case = {
  name: 'counts usage in whole tokens, if at all',
  run: async (subject) => {
    const { usage } = await generate(subject, 'A house');
    if (usage !== undefined) Usage.parse(usage);
  },
};

/** What every `image-provider` must do. */
export const imageProviderKit = defineKit<ImageSubject>({
  capability: imageProvider.id,
  cases: [
    lists,
    makes,
    unicode,
    several,
    refuses,
    takesWishes,
    changes,
    huge,
    revised,
    counts,
    ...wayCases<ImageProvider, ImageSubject>({
      name: 'pictures',
      ask: (provider, { model, text, signal, credentials }) =>
        provider.generate({ ...byKit, model, prompt: text, ...(credentials ? { credentials } : {}) }, signal),
      listModels: (provider, signal, credentials) => provider.listModels(signal, credentials),
    }),
  ],
});

import assert from 'node:assert/strict';
import { EmbeddingModel, embeddingProvider, modelErrors, Usage } from '@parley/contracts';
import type { EmbeddingProvider, EmbeddingRequest } from '@parley/contracts';
import { expectCode } from '../expect-code.ts';
import { defineKit, skip } from '../kit.ts';
import type { KitCase } from '../kit.ts';
import { byKit, never } from '../modality/subject.ts';
import type { ModalitySubject } from '../modality/subject.ts';
import { wayCases } from '../modality/way-cases.ts';

/** A provider of vectors under test. */
export interface EmbeddingSubject extends ModalitySubject<EmbeddingProvider> {
  /** The vector the upstream makes of a text, the same each time and another for each text. */
  readonly vectorOf: (text: string) => readonly number[];
  /** A text longer than the model takes; it must end with MODEL_CONTEXT_TOO_LONG. */
  readonly tooLong?: string;
  /** Input tokens the upstream counts for a text. */
  readonly tokensOf?: (text: string) => number;
}

type Case = KitCase<EmbeddingSubject>;

/** More than any provider takes in one request. */
const MANY = 5_000;
const CLOSE = 1e-4;

const embed = ({ provider, model }: EmbeddingSubject, texts: readonly string[], more: Partial<EmbeddingRequest> = {}) =>
  provider.embed({ ...byKit, model, texts, ...more }, never());

function assertVector(actual: Float32Array | undefined, expected: readonly number[], text: string): void {
  assert.ok(actual instanceof Float32Array, `a Float32Array for ${JSON.stringify(text)}`);
  assert.equal(actual.length, expected.length, 'the length of the vector');
  for (const [index, value] of expected.entries()) {
    assert.ok(Math.abs((actual[index] ?? Number.NaN) - value) < CLOSE, `number ${index} of ${JSON.stringify(text)}`);
  }
}

async function expectVectors(subject: EmbeddingSubject, texts: readonly string[]): Promise<void> {
  const { vectors } = await embed(subject, texts);
  assert.equal(vectors.length, texts.length, 'one vector for each text');
  for (const [index, text] of texts.entries()) assertVector(vectors[index], subject.vectorOf(text), text);
}

const lists: Case = {
  name: 'lists models that fit their schema, each id once, among them the one it uses',
  run: async ({ provider, model }) => {
    const models = await provider.listModels(never());
    for (const each of models) EmbeddingModel.parse(each);
    const ids = models.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length, 'no id twice');
    assert.ok(ids.includes(model), `${model} is listed`);
  },
};

const one: Case = { name: 'gives the vector of a text', run: (subject) => expectVectors(subject, ['Hello']) };

const ordered: Case = {
  name: 'gives the vectors of several texts in their order, equal ones too',
  run: (subject) => expectVectors(subject, ['b', 'a', 'c', 'a', 'ä', 'A']),
};

const unicode: Case = {
  name: 'takes texts of any script, long ones and ones with line breaks',
  run: (subject) =>
    expectVectors(subject, [
      'Grüße an 世界 👩🏽‍🚀',
      'שלום',
      'line\nline\r\n\ttab',
      '"quoted" \\ ',
      'word '.repeat(500),
    ]),
};

const many: Case = {
  name: 'takes more texts than fit into one request, and keeps their order',
  fault: 'huge',
  timeoutMs: 60_000,
  run: (subject) =>
    expectVectors(
      subject,
      Array.from({ length: MANY }, (_, index) => `text ${index}`),
    ),
};

const none: Case = {
  name: 'asks nobody about no texts',
  run: async (subject) => {
    const before = subject.received?.();
    assert.deepEqual((await embed(subject, [])).vectors, []);
    assert.equal(subject.received?.(), before);
  },
};

const empty: Case = {
  name: 'refuses an empty text with MODEL_BAD_REQUEST',
  run: (subject) => expectCode(modelErrors.BAD_REQUEST.code, embed(subject, ['fine', ''])),
};

const tooLong: Case = {
  name: 'refuses a text that is longer than the model takes with MODEL_CONTEXT_TOO_LONG, and gives no part of the rest',
  run: async (subject) => {
    if (subject.tooLong === undefined) skip('an upstream that takes any length');
    await expectCode(modelErrors.CONTEXT_TOO_LONG.code, embed(subject, ['fine', subject.tooLong]));
  },
};

const shorter: Case = {
  name: 'gives vectors of the length asked for where the model can, and refuses where it can not',
  run: async (subject) => {
    const models = await subject.provider.listModels(never());
    const canShorten = models.find(({ id }) => id === subject.model)?.canShorten ?? false;
    if (!canShorten) return expectCode(modelErrors.BAD_REQUEST.code, embed(subject, ['a'], { dimensions: 2 }));
    const { vectors } = await embed(subject, ['a', 'b'], { dimensions: 2 });
    assert.deepEqual(
      vectors.map(({ length }) => length),
      [2, 2],
    );
    return undefined;
  },
};

const purposes: Case = {
  name: 'takes texts with a purpose',
  run: async (subject) => {
    for (const purpose of ['query', 'document'] as const) {
      assert.equal((await embed(subject, ['Hello'], { purpose })).vectors.length, 1);
    }
  },
};

const counts: Case = {
  name: 'counts the tokens of all texts together',
  run: async (subject) => {
    const { tokensOf } = subject;
    if (tokensOf === undefined) skip('an upstream that does not count');
    const texts = Array.from({ length: MANY }, (_, index) => `text ${index}`);
    const usage = Usage.parse((await embed(subject, texts)).usage);
    assert.equal(usage.outputTokens, 0);
    assert.equal(
      usage.inputTokens,
      texts.reduce((sum, text) => sum + tokensOf(text), 0),
    );
  },
};

/** What every `embedding-provider` must do. */
export const embeddingProviderKit = defineKit<EmbeddingSubject>({
  capability: embeddingProvider.id,
  cases: [
    lists,
    one,
    ordered,
    unicode,
    many,
    none,
    empty,
    tooLong,
    shorter,
    purposes,
    counts,
    ...wayCases<EmbeddingProvider, EmbeddingSubject>({
      name: 'vectors',
      ask: (provider, { model, text, signal, credentials }) =>
        provider.embed({ ...byKit, model, texts: [text], ...(credentials ? { credentials } : {}) }, signal),
      listModels: (provider, signal, credentials) => provider.listModels(signal, credentials),
    }),
  ],
});

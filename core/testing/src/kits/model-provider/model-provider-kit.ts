import assert from 'node:assert/strict';
import { modelErrors, ModelInfo, modelProvider, Usage } from '@parley/contracts';
import { expectCode } from '../expect-code.ts';
import { defineKit, skip } from '../kit.ts';
import type { KitCase } from '../kit.ts';
import { ABORT_WITHIN_MS, untilClosed } from '../until-closed.ts';
import { conversationCases } from './conversation-cases.ts';
import { fileCases } from './file-cases.ts';
import { networkCases } from './network-cases.ts';
import { collect, textOf, toRequest } from './subject.ts';
import type { KitTurn, ModelProviderSubject } from './subject.ts';

type Case = KitCase<ModelProviderSubject>;

const MANY = 8;
const HUGE_CHARACTERS = 10_000_000;
const CODES = Object.values(modelErrors).map(({ code }) => code);

const listsModels: Case = {
  name: 'lists models that fit their schema, each id once',
  run: async ({ provider }) => {
    const models = await provider.listModels(new AbortController().signal);
    assert.ok(models.length > 0, 'at least one model');
    for (const model of models) ModelInfo.parse(model);
    assert.equal(new Set(models.map(({ id }) => id)).size, models.length, 'no id twice');
  },
};

const listsUsedModels: Case = {
  name: 'lists the model it answers with',
  run: async ({ provider, turns }) => {
    const models = await provider.listModels(new AbortController().signal);
    assert.ok(
      models.some(({ id }) => id === turns.plain.model),
      `${turns.plain.model} is listed`,
    );
  },
};

const answers: Case = {
  name: 'streams the whole text',
  run: async (subject) => {
    assert.equal(textOf(await collect(subject, subject.turns.plain)), subject.turns.plain.text);
  },
};

const finishesOnce: Case = {
  name: 'ends with exactly one finish',
  run: async (subject) => {
    const events = await collect(subject, subject.turns.plain);
    assert.deepEqual(
      events.flatMap((event, index) => (event.type === 'finish' ? [index] : [])),
      [events.length - 1],
    );
  },
};

const usageOnce: Case = {
  name: 'reports usage at most once, in whole tokens',
  run: async (subject) => {
    const usages = (await collect(subject, subject.turns.plain)).filter((event) => event.type === 'usage');
    assert.ok(usages.length <= 1, `${usages.length} usage events`);
    for (const event of usages) Usage.parse(event.usage);
  },
};

const noEmptyPieces: Case = {
  name: 'sends no empty piece of text',
  run: async (subject) => {
    const events = await collect(subject, subject.turns.plain);
    assert.ok(
      events.every(
        (event) =>
          (event.type !== 'text' && event.type !== 'reasoning') || event.text !== '' || event.opaque !== undefined,
      ),
    );
  },
};

const reasons: Case = {
  name: 'sends thoughts as reasoning, before the text and apart from it',
  run: async (subject) => {
    const turn = subject.turns.reasoning;
    if (turn === undefined) skip('no model that reasons');
    const events = await collect(subject, turn);
    assert.notEqual(textOf(events, 'reasoning'), '');
    const kinds = events.map(({ type }) => type);
    assert.ok(kinds.indexOf('reasoning') < kinds.indexOf('text'), 'reasoning comes first');
    if (turn.text !== undefined) assert.equal(textOf(events), turn.text);
  },
};

const unicode: Case = {
  name: 'keeps characters whole that the upstream cut in two',
  fault: 'cut',
  run: async (subject) => {
    const turn = subject.turns.unicode;
    if (turn === undefined) skip('no turn with characters outside the basic plane');
    const events = await collect(subject, turn);
    assert.equal(textOf(events), turn.text);
    assert.ok(
      events.every((event) => event.type !== 'text' || event.text.isWellFormed()),
      'no piece holds half a character',
    );
  },
};

const huge: Case = {
  name: 'streams an answer of 10 MB',
  fault: 'huge',
  timeoutMs: 60_000,
  run: async (subject) => {
    const turn = subject.turns.huge;
    if (turn === undefined) skip('no turn of 10 MB');
    let length = 0;
    let last = '';
    for await (const event of subject.provider.stream(toRequest(turn), new AbortController().signal)) {
      if (event.type === 'text') length += event.text.length;
      last = event.type;
    }
    assert.ok(length >= HUGE_CHARACTERS, `${length} characters came`);
    assert.equal(last, 'finish');
    if (turn.text !== undefined) assert.equal(length, turn.text.length);
  },
};

/** Reads until the first piece, aborts, and returns what the iteration then threw and after how long. */
async function abortAfterFirst(subject: ModelProviderSubject, reason: unknown): Promise<[thrown: unknown, ms: number]> {
  const controller = new AbortController();
  let abortedAt = 0;
  try {
    for await (const event of subject.provider.stream(toRequest(subject.turns.slow), controller.signal)) {
      if (abortedAt === 0) abortedAt = performance.now();
      controller.abort(reason);
      assert.notEqual(event.type, 'finish', 'the slow answer is long enough to be aborted');
    }
  } catch (error) {
    return [error, performance.now() - abortedAt];
  }
  throw new assert.AssertionError({ message: 'The iteration ended without an error after the abort' });
}

const aborts: Case = {
  name: 'ends with the reason of the abort within one second and closes the upstream',
  fault: 'abort',
  run: async (subject) => {
    const reason = new Error('stopped by the kit');
    const [thrown, ms] = await abortAfterFirst(subject, reason);
    assert.equal(thrown, reason);
    assert.ok(ms < ABORT_WITHIN_MS, `it took ${ms} ms`);
    await untilClosed(subject);
  },
};

const abortedBefore: Case = {
  name: 'does not begin when it is aborted already',
  fault: 'abort',
  run: async (subject) => {
    const reason = new Error('stopped before it began');
    await assert.rejects(collect(subject, subject.turns.slow, AbortSignal.abort(reason)), (error) => error === reason);
    await untilClosed(subject);
  },
};

const left: Case = {
  name: 'closes the upstream when the reader leaves the loop',
  fault: 'abort',
  run: async (subject) => {
    const answer = subject.provider.stream(toRequest(subject.turns.slow), new AbortController().signal);
    const iterator = answer[Symbol.asyncIterator]();
    assert.notEqual((await iterator.next()).value?.type, 'finish', 'the slow answer is long enough to be left');
    await iterator.return?.();
    await untilClosed(subject);
  },
};

const parallel: Case = {
  name: 'keeps answers that stream at the same time apart',
  run: async (subject) => {
    const { plain, unicode: other } = subject.turns;
    const turns = Array.from({ length: MANY }, (_, index) => (index % 2 === 0 ? plain : (other ?? plain)));
    const texts = await Promise.all(turns.map(async (turn) => textOf(await collect(subject, turn))));
    assert.deepEqual(
      texts,
      turns.map(({ text }) => text),
    );
  },
};

const abortsOne: Case = {
  name: 'aborts one answer without touching another',
  fault: 'abort',
  run: async (subject) => {
    const [whole] = await Promise.all([
      collect(subject, subject.turns.plain),
      abortAfterFirst(subject, new Error('x')),
    ]);
    assert.equal(textOf(whole), subject.turns.plain.text);
  },
};

const unknownModel: Case = {
  name: 'refuses a model that does not exist with MODEL_NOT_FOUND',
  run: async (subject) => {
    await expectCode(modelErrors.NOT_FOUND.code, collect(subject, { model: 'no-such-model-kit', prompt: 'hello' }));
  },
};

async function expectFault(subject: ModelProviderSubject, code: string, turn: KitTurn): Promise<void> {
  assert.ok(CODES.includes(code), `${code} is one of ${CODES.join(', ')}`);
  const types: string[] = [];
  const read = async () => {
    for await (const event of subject.provider.stream(toRequest(turn), new AbortController().signal)) {
      types.push(event.type);
    }
  };
  await expectCode(code, read());
  assert.ok(!types.includes('finish'), 'an answer that failed is not finished');
  await untilClosed(subject);
}

const faults: Case = {
  name: 'reports what the upstream does wrong with the code for it, and does not finish',
  timeoutMs: 60_000,
  run: async (subject) => {
    if (subject.faults === undefined) skip('nothing upstream that could fail');
    for (const [code, turn] of Object.entries(subject.faults)) await expectFault(subject, code, turn);
  },
};

/** What every `model-provider` must do. */
export const modelProviderKit = defineKit<ModelProviderSubject>({
  capability: modelProvider.id,
  cases: [
    listsModels,
    listsUsedModels,
    answers,
    finishesOnce,
    usageOnce,
    noEmptyPieces,
    reasons,
    unicode,
    huge,
    aborts,
    abortedBefore,
    left,
    parallel,
    abortsOne,
    unknownModel,
    faults,
    ...conversationCases,
    ...fileCases,
    ...networkCases,
  ],
});

import assert from 'node:assert/strict';
import { isAppError, modelErrors } from '@parley/contracts';
import type { Faults } from '../../fault-proxy.ts';
import type { KitCase } from '../kit.ts';
import { throughFaults } from '../through-faults.ts';
import { collect, textOf, toRequest } from './subject.ts';
import type { ModelProviderSubject } from './subject.ts';

type Case = KitCase<ModelProviderSubject>;

const CODES = Object.values(modelErrors).map(({ code }) => code);
const MANY = 6;

/** Plays `work` with the provider behind a line on which something goes wrong. */
const through = (
  subject: ModelProviderSubject,
  faults: Faults,
  work: (behind: ModelProviderSubject) => Promise<void>,
): Promise<void> => throughFaults(subject.upstream, faults, (provider) => work({ ...subject, provider }));

const slowLine: Case = {
  name: 'takes an answer that comes late and in small pieces',
  fault: 'slow',
  run: (subject) =>
    through(subject, { latencyMs: 15, pieceBytes: 512 }, async (behind) => {
      assert.equal(textOf(await collect(behind, behind.turns.plain)), behind.turns.plain.text);
    }),
};

const cutLine: Case = {
  name: 'fails, and does not finish, when the line is cut in the middle of an answer',
  fault: 'cut',
  run: (subject) =>
    through(subject, { cutAfterMs: 150 }, async (behind) => {
      const types: string[] = [];
      const read = async () => {
        const signal = new AbortController().signal;
        for await (const event of behind.provider.stream(toRequest(behind.turns.slow), signal)) types.push(event.type);
      };
      await assert.rejects(read(), isModelError);
      assert.ok(!types.includes('finish'), 'an answer that was cut is not finished');
    }),
};

const deadLine: Case = {
  name: 'fails with a code of models when nobody answers',
  fault: 'cut',
  run: (subject) =>
    through(subject, { refuse: true }, (behind) => assert.rejects(collect(behind, behind.turns.plain), isModelError)),
};

const unevenLine: Case = {
  name: 'keeps answers apart that overtake each other',
  fault: 'reorder',
  run: (subject) =>
    through(subject, { jitterMs: 40 }, async (behind) => {
      const { plain, unicode } = behind.turns;
      const turns = Array.from({ length: MANY }, (_, index) => (index % 2 === 0 ? plain : (unicode ?? plain)));
      const texts = await Promise.all(turns.map(async (turn) => textOf(await collect(behind, turn))));
      assert.deepEqual(
        texts,
        turns.map(({ text }) => text),
      );
    }),
};

const sentTwice: Case = {
  name: 'answers a request that is sent twice at once, both times whole',
  fault: 'duplicate',
  run: async (subject) => {
    const { plain } = subject.turns;
    const texts = await Promise.all([collect(subject, plain), collect(subject, plain)]);
    assert.deepEqual(
      texts.map((events) => textOf(events)),
      [plain.text, plain.text],
    );
  },
};

const isModelError = (error: unknown): true => {
  assert.ok(isAppError(error) && CODES.includes(error.code), `one of ${CODES.join(', ')}, not ${String(error)}`);
  return true;
};

/** What a provider does when the line to its upstream is bad. */
export const networkCases: readonly Case[] = [slowLine, cutLine, deadLine, unevenLine, sentTwice];

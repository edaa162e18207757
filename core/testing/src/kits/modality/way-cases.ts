import assert from 'node:assert/strict';
import { isAppError, modelErrors } from '@parley/contracts';
import type { Faults } from '../../fault-proxy.ts';
import { expectCode } from '../expect-code.ts';
import { skip } from '../kit.ts';
import type { Fault, KitCase } from '../kit.ts';
import { throughFaults } from '../through-faults.ts';
import { ABORT_WITHIN_MS, untilClosed } from '../until-closed.ts';
import { never } from './subject.ts';
import type { ModalitySubject, Way } from './subject.ts';

const CODES = Object.values(modelErrors).map(({ code }) => code);
const TEXTS = ['one', 'two 世界', 'three', 'four', 'five', 'six'];

const isModelError = (error: unknown): true => {
  assert.ok(isAppError(error) && CODES.includes(error.code), `one of ${CODES.join(', ')}, not ${String(error)}`);
  return true;
};

async function untilOpen({ openStreams }: { readonly openStreams?: () => number }): Promise<void> {
  if (openStreams === undefined) return;
  while (openStreams() === 0) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** What holds for each way to use a provider: errors, aborts, keys, bad lines. */
export function wayCases<P, S extends ModalitySubject<P>>(way: Way<P>): readonly KitCase<S>[] {
  const ask = ({ provider, model }: Pick<S, 'provider' | 'model'>, text = 'plain', signal = never()) =>
    way.ask(provider, { model, text, signal });
  const named = (name: string, run: (subject: S) => Promise<void>, fault?: Fault): KitCase<S> => ({
    name: `${way.name}: ${name}`,
    run,
    ...(fault === undefined ? {} : { fault }),
  });
  const onLine = (name: string, fault: Fault, faults: Faults, run: (behind: S) => Promise<void>) =>
    named(
      name,
      (subject) => throughFaults(subject.upstream, faults, (provider) => run({ ...subject, provider })),
      fault,
    );
  const sameAsAlone = async (subject: S): Promise<void> => {
    const together = await Promise.all(TEXTS.map((text) => ask(subject, text)));
    for (const [index, text] of TEXTS.entries()) assert.deepEqual(together[index], await ask(subject, text));
  };

  return [
    named('keeps requests at the same time apart', sameAsAlone),
    named('refuses a model that does not exist with MODEL_NOT_FOUND', ({ provider }) =>
      expectCode(
        modelErrors.NOT_FOUND.code,
        way.ask(provider, { model: 'no-such-model-kit', text: 'plain', signal: never() }),
      ),
    ),
    {
      ...named('reports what the upstream does wrong with the code for it', async (subject) => {
        if (subject.faults === undefined) skip('nothing upstream that could fail');
        for (const [code, text] of Object.entries(subject.faults)) {
          assert.ok(CODES.includes(code), `${code} is one of ${CODES.join(', ')}`);
          await expectCode(code, ask(subject, text));
        }
        await untilClosed(subject);
      }),
      timeoutMs: 60_000,
    },
    named(
      'ends with the reason of the abort within one second and closes the upstream',
      async (subject) => {
        const reason = new Error('stopped by the kit');
        const controller = new AbortController();
        const asked = ask(subject, subject.slow, controller.signal);
        const ended = asked.then(
          () => assert.fail('the slow answer takes long enough to be aborted'),
          (error: unknown) => error,
        );
        await untilOpen(subject);
        const abortedAt = performance.now();
        controller.abort(reason);
        assert.equal(await ended, reason);
        const ms = performance.now() - abortedAt;
        assert.ok(ms < ABORT_WITHIN_MS, `it took ${ms} ms`);
        await untilClosed(subject);
      },
      'abort',
    ),
    named(
      'does not begin when it is aborted already',
      async (subject) => {
        const reason = new Error('stopped before it began');
        const asked = ask(subject, subject.slow, AbortSignal.abort(reason));
        await assert.rejects(asked, (error) => error === reason);
        await untilClosed(subject);
      },
      'abort',
    ),
    named('says MODEL_NEEDS_KEY without a key, before anything is sent', async (subject) => {
      const { withoutKey, received } = subject;
      if (withoutKey === undefined) skip('a provider without a key');
      const before = received?.();
      await expectCode(modelErrors.NEEDS_KEY.code, way.listModels(withoutKey, never()));
      await expectCode(modelErrors.NEEDS_KEY.code, ask({ ...subject, provider: withoutKey }));
      assert.equal(received?.(), before);
    }),
    named('uses the key of a request in place of its own', async (subject) => {
      const { provider, withoutKey = provider, model, credentials } = subject;
      if (credentials === undefined) skip('a provider without a key');
      const call = { model, text: 'plain', signal: never() };
      await expectCode(modelErrors.AUTH.code, way.ask(provider, { ...call, credentials: credentials.bad }));
      const own = await way.ask(withoutKey, { ...call, credentials: credentials.good });
      assert.deepEqual(own, await ask(subject));
      await way.listModels(withoutKey, never(), credentials.good);
    }),
    onLine(
      'takes an answer whose first byte comes late, and the rest in small pieces',
      'slow',
      { latencyMs: 5, pieceBytes: 256 },
      async (behind) => {
        await ask(behind);
      },
    ),
    onLine('keeps answers apart that overtake each other', 'reorder', { jitterMs: 30 }, sameAsAlone),
    onLine('fails when the line is cut before the answer is whole', 'cut', { cutAfterMs: 300 }, async (behind) => {
      await assert.rejects(ask(behind, behind.slow), isModelError);
    }),
    onLine('fails with a code of models when nobody answers', 'cut', { refuse: true }, (behind) =>
      assert.rejects(ask(behind), isModelError),
    ),
    named(
      'answers a request that is sent twice at once, both times the same',
      async (subject) => {
        const [one, other] = await Promise.all([ask(subject), ask(subject)]);
        assert.deepEqual(one, other);
      },
      'duplicate',
    ),
  ];
}

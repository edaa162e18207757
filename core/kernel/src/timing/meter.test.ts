import { describe, expect, it } from '@jest/globals';
import { AppError } from '@parley/contracts';
import { FailureBook } from '../breaker/failure-book.ts';
import { DEFAULT_FAILURE_POLICY } from '../breaker/failure-policy.ts';
import { kernelErrors } from '../kernel-errors.ts';
import { Meter } from './meter.ts';

const book = () => new FailureBook({ policy: DEFAULT_FAILURE_POLICY, now: () => 0, changed: () => {} });
const meterOf = (pluginId: string) => new Meter(book().breaker({ pluginId, hook: 'h' }));

const failWith = (meter: Meter, makeError: () => unknown, times = 5) => {
  for (let time = 0; time < times; time += 1) meter.fail(meter.start(), makeError());
};

describe('a meter', () => {
  it('counts and times calls', () => {
    const meter = new Meter();
    meter.pass(meter.start());
    meter.fail(meter.start(), new Error('boom'));
    expect(meter.stats.figures()).toEqual({
      calls: 2,
      errors: 1,
      timeouts: 0,
      totalMs: expect.any(Number),
      p50Ms: expect.any(Number),
      p95Ms: expect.any(Number),
      lastError: { message: 'boom', atMs: expect.any(Number) },
    });
  });

  it('counts a time-out as such', () => {
    const meter = new Meter();
    meter.fail(meter.start(), kernelErrors.HOOK_TIMEOUT());
    expect(meter.stats.figures()).toMatchObject({ errors: 1, timeouts: 1 });
  });

  it('charges the breaker', () => {
    const meter = meterOf('rag');
    failWith(meter, () => new Error('boom'));
    expect(meter.enter()).toBe(false);
  });

  it.each([
    ['an answer such as "not found"', () => new AppError({ code: 'NOTES_NOT_FOUND', status: 404, message: 'gone' })],
    ['who has left', () => Object.assign(new Error('aborted'), { name: 'AbortError' })],
  ])('does not take %s for a failure', (_what, makeError) => {
    const meter = meterOf('notes');
    failWith(meter, makeError);
    expect([meter.enter(), meter.stats.errors]).toEqual([true, 0]);
  });

  it('counts what a plugin says of its surroundings, and does not open the breaker for it', () => {
    const meter = meterOf('openai');
    failWith(meter, () => new AppError({ code: 'MODEL_UNAVAILABLE', status: 502, message: 'the provider is down' }));
    expect([meter.enter(), meter.stats.errors]).toEqual([true, 5]);
  });

  it('charges nobody with what somebody else was charged with, wrapped or not', () => {
    const [storage, notes, chat] = [meterOf('storage'), meterOf('notes'), meterOf('chat')];
    for (let time = 0; time < 5; time += 1) {
      const error = new Error('disk full');
      storage.fail(storage.start(), error);
      notes.fail(notes.start(), error);
      chat.fail(chat.start(), kernelErrors.HOOK_FAILED({}, error));
    }
    expect([storage, notes, chat].map((meter) => meter.enter())).toEqual([false, true, true]);
    expect(notes.stats.errors).toBe(5);
  });

  it('charges nobody with a call that a breaker refused', () => {
    const meter = meterOf('notes');
    failWith(meter, () => kernelErrors.BREAKER_OPEN());
    expect(meter.enter()).toBe(true);
  });

  it('charges one who throws the same error again and again', () => {
    const meter = meterOf('rag');
    const error = new Error('boom');
    failWith(meter, () => error);
    expect(meter.enter()).toBe(false);
  });
});

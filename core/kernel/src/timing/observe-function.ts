import type { AppError } from '@parley/contracts';
import { withTimeLimit } from '../time-limit.ts';
import { limitSignal } from './limit-signal.ts';
import type { Meter } from './meter.ts';
import { failingStream, isGenerator, observeStream } from './observe-stream.ts';

/** Any function, whatever it takes and gives. */
export type AnyFunction = (...args: unknown[]) => unknown;

/** How a function is observed. */
export interface Observation {
  readonly meter: Meter;
  /** What `this` is inside. */
  readonly self: unknown;
  /** Longest time until a promise settles; streams and plain answers have no limit. */
  readonly limit?: { readonly timeoutMs: number; readonly error: (elapsedMs: number) => AppError } | undefined;
}

const isPromise = (answer: unknown): answer is Promise<unknown> =>
  Object.prototype.toString.call(answer) === '[object Promise]';

const hasLeft = (args: readonly unknown[]): boolean =>
  args.some((arg) => {
    const signal = (arg as { readonly signal?: { readonly aborted?: unknown } } | undefined | null)?.signal ?? arg;
    return (signal as { readonly aborted?: unknown } | undefined | null)?.aborted === true;
  });

/**
 * The same function, each call counted and timed, refused while its breaker is open. What it gives stays what it was: a
 * plain answer comes at once, a promise settles as it did, a stream gives its items.
 */
export function observeFunction(original: AnyFunction, { meter, self, limit }: Observation): AnyFunction {
  let last: 'value' | 'promise' | 'stream' = 'value';

  const refuse = (refusal: AppError): unknown => {
    if (last === 'value') throw refusal;
    return last === 'promise' ? Promise.reject(refusal) : failingStream(refusal);
  };
  const settle = async (work: Promise<unknown>, startedMs: number, args: readonly unknown[]): Promise<unknown> => {
    try {
      const answer = await work;
      meter.pass(startedMs);
      return answer;
    } catch (error) {
      fail(startedMs, error, args);
      throw error;
    }
  };
  const fail = (startedMs: number, error: unknown, args: readonly unknown[]): void => {
    // An error of a function it was given, or of a call nobody waits for, says nothing about the plugin.
    const isOfCaller = args.some((arg) => typeof arg === 'function') || hasLeft(args);
    if (isOfCaller) meter.leave(startedMs);
    else meter.fail(startedMs, error);
  };
  const limited = (args: unknown[], startedMs: number): unknown => {
    if (limit === undefined) return Reflect.apply(original, self, args);
    const { timeoutMs, error } = limit;
    const controller = new AbortController();
    const answer = Reflect.apply(original, self, limitSignal(args, controller.signal));
    if (!isPromise(answer)) return answer;
    return withTimeLimit(answer, timeoutMs, () => {
      const late = error(Math.round(performance.now() - startedMs));
      controller.abort(late);
      return late;
    });
  };

  return (...args) => {
    if (!meter.enter()) return refuse(meter.refusal());
    const startedMs = meter.start();
    let answer: unknown;
    try {
      answer = limited(args, startedMs);
    } catch (error) {
      fail(startedMs, error, args);
      throw error;
    }
    if (isPromise(answer)) {
      last = 'promise';
      return settle(answer, startedMs, args);
    }
    if (isGenerator(answer)) {
      last = 'stream';
      return observeStream(answer, meter, startedMs);
    }
    last = 'value';
    meter.pass(startedMs);
    return answer;
  };
}

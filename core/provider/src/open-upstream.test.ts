import { describe, expect, it } from '@jest/globals';
import { isAppError, modelErrors } from '@parley/contracts';
import { toModelError } from './failures.ts';
import { openUpstream } from './open-upstream.ts';

const limits = { firstByteTimeoutMs: 60_000, idleTimeoutMs: 60_000, maxRetries: 2 };
const open = <T>(
  work: (signal: AbortSignal, attempt: number) => Promise<T>,
  more: { readonly limits?: Partial<typeof limits>; readonly signal?: AbortSignal } = {},
) => {
  let attempt = 0;
  return openUpstream((signal) => work(signal, (attempt += 1)), {
    provider: 'sample',
    limits: { ...limits, ...more.limits },
    signal: more.signal ?? new AbortController().signal,
    toError: (error) => toModelError(error, { provider: 'sample' }),
  });
};
const forever = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));

describe('openUpstream', () => {
  it('repeats what failed before any answer', async () => {
    const tries: number[] = [];
    const upstream = await open(async (_signal, attempt) => {
      tries.push(attempt);
      if (attempt === 1) throw Object.assign(new Error('down'), { status: 503 });
      return 'answer';
    });
    expect(upstream.value).toBe('answer');
    expect(tries).toEqual([1, 2]);
  });

  it('ends with the abort, whether or not the SDK hears of it', async () => {
    const stop = new AbortController();
    const reason = new Error('stopped');
    const asked = open(() => new Promise(() => undefined), { signal: stop.signal });
    stop.abort(reason);
    await expect(asked).rejects.toBe(reason);
  });

  it('waits as long as the provider asks', async () => {
    const startedMs = performance.now();
    await open(async (_signal, attempt) => {
      if (attempt === 1) throw Object.assign(new Error('slow down'), { status: 429, headers: { 'retry-after': '1' } });
    });
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(1_000);
  });

  it('does not wait for a provider that wants longer than a person would', async () => {
    const asked = open(() =>
      Promise.reject(Object.assign(new Error('slow down'), { status: 429, headers: { 'retry-after': '3600' } })),
    );
    await expect(asked).rejects.toMatchObject({ code: 'MODEL_RATE_LIMIT', details: { retryAfterSeconds: 3_600 } });
  });

  it.each([
    [400, 'MODEL_BAD_REQUEST'],
    [401, 'MODEL_AUTH'],
    [402, 'MODEL_QUOTA'],
    [413, 'MODEL_CONTEXT_TOO_LONG'],
  ])('never repeats a request that was refused with %d', async (status, code) => {
    let tries = 0;
    const asked = open(() => {
      tries += 1;
      return Promise.reject(Object.assign(new Error('refused'), { status }));
    });
    await expect(asked).rejects.toMatchObject({ code });
    expect(tries).toBe(1);
  });

  it('gives up after the last repeat with the error of it', async () => {
    let tries = 0;
    const asked = open(
      () => {
        tries += 1;
        return Promise.reject(new TypeError('fetch failed'));
      },
      { limits: { maxRetries: 1 } },
    );
    await expect(asked).rejects.toMatchObject({ code: 'MODEL_UNAVAILABLE' });
    expect(tries).toBe(2);
  });

  it('ends a request whose first byte does not come, and closes it', async () => {
    const closed: unknown[] = [];
    const asked = open(
      (signal) => {
        signal.addEventListener('abort', () => closed.push(true));
        return new Promise<never>(() => undefined);
      },
      { limits: { firstByteTimeoutMs: 20, maxRetries: 0 } },
    );
    await expect(asked).rejects.toMatchObject({ code: 'MODEL_TIMEOUT', details: { timeoutMs: 20 } });
    expect(closed).toEqual([true]);
  });

  it('ends with the reason of an abort, in a try as in a pause', async () => {
    const reason = new Error('stopped');
    const trying = new AbortController();
    const first = open(forever, { signal: trying.signal });
    trying.abort(reason);
    await expect(first).rejects.toBe(reason);
    const pausing = new AbortController();
    const second = open(
      () => {
        setImmediate(() => pausing.abort(reason));
        return Promise.reject(Object.assign(new Error('wait'), { status: 429, headers: { 'retry-after': '15' } }));
      },
      { signal: pausing.signal },
    );
    await expect(second).rejects.toBe(reason);
  });

  it('closes what it opened', async () => {
    let given: AbortSignal | undefined;
    const upstream = await open(async (signal) => void (given = signal));
    expect(given?.aborted).toBe(false);
    upstream.close();
    expect(given?.aborted).toBe(true);
  });
});

describe('toModelError', () => {
  it('lets the codes of the provider count before the status', () => {
    const error = toModelError({ status: 429, code: 'no_money' }, { provider: 'p', codes: { no_money: 'QUOTA' } });
    expect(error.code).toBe('MODEL_QUOTA');
  });

  it('keeps the words of the provider out of the message', () => {
    const error = toModelError(Object.assign(new Error('your prompt was: CANARY'), { status: 400 }), { provider: 'p' });
    expect(error.message).not.toContain('CANARY');
    expect(error.cause).toMatchObject({ message: 'your prompt was: CANARY' });
  });

  it('leaves an error of Parley as it is', () => {
    const error = modelErrors.NEEDS_KEY({ provider: 'p' });
    expect(toModelError(error, { provider: 'p' })).toBe(error);
    expect(isAppError(error, 'MODEL_NEEDS_KEY')).toBe(true);
  });
});

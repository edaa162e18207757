import { describe, expect, it } from '@jest/globals';
import { storageErrors } from '@parley/contracts';
import { createSavingWatch } from './saving.ts';

/** A watch over a server that gives these answers in turn, and what it has said. */
function watch(...answers: readonly (Response | Error)[]) {
  const said: string[] = [];
  const waiting = [...answers];
  const { promise: over, resolve } = Promise.withResolvers<void>();
  const fetch = () => {
    const answer = waiting.shift() ?? new Error('asked too often');
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  const set = (saving: string) => {
    said.push(saving);
    if (saving === 'works') resolve();
  };
  const report = createSavingWatch({ set, fetch, wait: async () => undefined });
  return { report, said, over, left: () => waiting.length };
}

const ready = (canSave: boolean) => Response.json({ status: canSave ? 'ready' : 'degraded', canSave });

describe('whether the server can save', () => {
  it('fails with a full disk, and works again when the server says so', async () => {
    const { report, said, over, left } = watch(ready(false), ready(true));
    report(storageErrors.FULL());
    expect(said).toEqual(['fails']);
    await over;
    expect([said, left()]).toEqual([['fails', 'works'], 0]);
  });

  it('asks on while the server can not be reached or says something else', async () => {
    const { report, said, over } = watch(new TypeError('network'), Response.json({}), ready(true));
    report(storageErrors.UNAVAILABLE());
    await over;
    expect(said).toEqual(['fails', 'works']);
  });

  it('asks once, however many requests fail', async () => {
    const { report, said, over } = watch(ready(true));
    report(storageErrors.FULL());
    report(storageErrors.FULL());
    await over;
    expect(said).toEqual(['fails', 'works']);
  });

  it('takes no notice of other errors', () => {
    const { report, said } = watch();
    report(storageErrors.CONFLICT());
    report(new Error('something'));
    expect(said).toEqual([]);
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { createWalSync } from './wal-sync.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-sync-'));
  file = join(folder, 'log');
  writeFileSync(file, '');
});
afterEach(() => {
  jest.useRealTimers();
  rmSync(folder, { recursive: true });
});

it('syncs once per interval however much was written', async () => {
  jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick', 'setImmediate'] });
  let syncs = 0;
  const sync = async () => {
    syncs += 1;
  };
  const walSync = createWalSync({ file, intervalMs: 1_000, sync });
  for (let count = 0; count < 100; count += 1) walSync.soon();
  await jest.advanceTimersByTimeAsync(999);
  expect(syncs).toBe(0);
  await jest.advanceTimersByTimeAsync(2_000);
  expect(syncs).toBe(1);
  walSync.soon();
  await jest.advanceTimersByTimeAsync(1_000);
  expect(syncs).toBe(2);
  await walSync.close();
});

it('begins another sync for what was committed while one was running', async () => {
  const gates: PromiseWithResolvers<void>[] = [];
  const sync = () => {
    const gate = Promise.withResolvers<void>();
    gates.push(gate);
    return gate.promise;
  };
  const walSync = createWalSync({ file, intervalMs: 1_000, sync });
  const first = walSync.full();
  const done: string[] = [];
  const later = Promise.all([walSync.full(), walSync.full()]).finally(() => done.push('later'));
  gates[0]?.resolve();
  await first;
  await new Promise((resolve) => setImmediate(resolve));
  expect([gates.length, done]).toEqual([2, []]);
  gates[1]?.resolve();
  await later;
  const closing = walSync.close();
  gates[2]?.resolve();
  await closing;
});

it('syncs a real file', async () => {
  const walSync = createWalSync({ file, intervalMs: 1_000 });
  await walSync.full();
  expect(walSync.failure()).toBeUndefined();
  await walSync.close();
});

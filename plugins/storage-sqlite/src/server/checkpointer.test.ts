import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { createCheckpointer, readLogPages } from './checkpointer.ts';
import { openWriter } from './connections.ts';
import type { Statements } from './statements.ts';

let folder: string;
let writer: Statements;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-checkpoint-'));
  writer = openWriter(join(folder, 'parley.db'), 1_000);
  writer.db.exec('CREATE TABLE t (x TEXT)');
});
afterEach(async () => {
  writer.db.close();
  await rm(folder, { recursive: true });
});

const writePages = (count: number): void => {
  const page = 'x'.repeat(4_000);
  writer.get('BEGIN').run();
  for (let index = 0; index < count; index += 1) writer.get('INSERT INTO t VALUES (?)').run(page);
  writer.get('COMMIT').run();
};

it('folds a log that has grown into the file, from another thread', async () => {
  const checkpointer = createCheckpointer(writer, join(folder, 'parley.db'));
  writePages(4_500);
  expect(readLogPages(writer).open).toBeGreaterThan(4_000);
  checkpointer.wrote(4_500);
  await checkpointer.idle();
  expect(readLogPages(writer).open).toBe(0);
  await checkpointer.close();
});

it('leaves a short log alone', async () => {
  const checkpointer = createCheckpointer(writer, join(folder, 'parley.db'));
  writePages(10);
  checkpointer.wrote(1_000);
  await checkpointer.idle();
  expect(readLogPages(writer).open).toBeGreaterThan(0);
  await checkpointer.close();
});

it('begins the log anew instead of letting it grow', async () => {
  const checkpointer = createCheckpointer(writer, join(folder, 'parley.db'));
  for (let round = 0; round < 5; round += 1) {
    writePages(4_500);
    checkpointer.wrote(4_500);
    await checkpointer.idle();
  }
  expect(readLogPages(writer).total).toBeLessThan(14_000);
  await checkpointer.close();
});

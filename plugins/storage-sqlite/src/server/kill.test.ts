import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Collection } from '@parley/contracts';
import { createSqliteDriver } from './sqlite-driver.ts';

const KILLS = 10;
const collection: Collection = {
  name: 'kill.pair',
  scope: 'global',
  version: 1,
  indexes: [{ fields: ['n'], unique: false }],
};
const child = join(import.meta.dirname, 'fixtures/child.ts');
let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-kill-'));
  file = join(folder, 'parley.db');
});
afterEach(() => rm(folder, { recursive: true }));

const open = () => createSqliteDriver({ file, busyTimeoutMs: 5_000, transactionTimeoutMs: 10_000 });

/** Runs the child until `isEnough` says so of a line, kills it with SIGKILL and returns all it said. */
async function runUntil(task: string, isEnough: (line: string, count: number) => boolean): Promise<readonly string[]> {
  const process_ = spawn(process.execPath, ['--conditions=parley:source', child, file, task], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(process_, 'exit');
  const lines: string[] = [];
  for await (const line of createInterface(process_.stdout)) {
    lines.push(line);
    if (isEnough(line, lines.length)) process_.kill('SIGKILL');
  }
  await exited;
  return lines;
}

function checkIntegrity(): unknown {
  const db = new DatabaseSync(file, { readOnly: true });
  const row = db.prepare('PRAGMA integrity_check').get();
  db.close();
  return row?.['integrity_check'];
}

describe('a process killed at any moment', () => {
  it('leaves a sound database with every acknowledged write and no half batch', async () => {
    for (let round = 0; round < KILLS; round += 1) {
      const enough = 1 + Math.floor(Math.random() * 300);
      const lines = await runUntil('write', (_, count) => count === enough);
      const acknowledged = Number(lines.at(-1));
      const driver = open();
      await driver.prepare([collection]);
      const left = await driver.count(collection.name, { id: { prefix: 'left-' } });
      const right = await driver.count(collection.name, { id: { prefix: 'right-' } });
      await driver.close();
      expect(left).toBe(right);
      expect(left).toBeGreaterThan(acknowledged);
      expect(checkIntegrity()).toBe('ok');
    }
  }, 60_000);

  it('leaves a migration that goes on where it stood', async () => {
    const driver = open();
    await driver.prepare([collection]);
    const inserts = Array.from({ length: 1_000 }, (_, n) => ({
      kind: 'insert' as const,
      collection: collection.name,
      record: { id: `id-${n}`, tenantId: 't', createdAt: '', updatedAt: '', rev: 1, n },
    }));
    await driver.write(inserts);
    await driver.close();
    const lines = await runUntil('migrate', (line) => line === 'half-way');
    expect(lines).toContain('half-way');

    const reopened = open();
    const add = (old: Record<string, unknown>) => ({ ...old, n: Number(old['n']) + 1_000_000 });
    await reopened.prepare([{ ...collection, version: 2, migrate: { 1: add } }]);
    const once = await reopened.count(collection.name, { n: { gte: 1_000_000, lt: 1_001_000 } });
    await reopened.close();
    expect(once).toBe(1_000);
  }, 60_000);
});

describe('a second process on the same database', () => {
  it('is refused with what to do, and let in once the first was killed', async () => {
    let refusal = '';
    const lines = await runUntil('open', () => {
      try {
        open();
      } catch (error) {
        refusal = String(error);
      }
      return true;
    });
    expect(lines).toEqual(['opened']);
    expect(refusal).toMatch(/Process \d+ already uses the database .*parley\.db; stop it, or give this one another/);
    await open().close();
  }, 60_000);

  it('is refused in the other direction too', async () => {
    const driver = open();
    const lines = await runUntil('open', () => true);
    await driver.close();
    expect(lines.join()).toContain(`STORAGE_SQLITE_IN_USE Process ${process.pid}`);
  }, 60_000);
});

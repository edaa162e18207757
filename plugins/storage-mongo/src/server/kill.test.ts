import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Collection } from '@parley/contracts';
import {
  dropDatabase,
  newDatabase,
  openTestDriver,
  sharedServer,
  stopSharedServer,
  whyNoServer,
} from './fixtures/shared-server.ts';

afterAll(stopSharedServer);

const KILLS = 8;
const collection: Collection = { name: 'kill.pair', scope: 'global', version: 1, indexes: [] };
const child = join(import.meta.dirname, 'fixtures/child.ts');
let database: string;
let reason: string | undefined;

beforeAll(async () => {
  reason = await whyNoServer();
}, 600_000);
beforeEach(() => {
  database = newDatabase();
});
afterEach(async () => {
  if (reason === undefined) await dropDatabase(database);
});

/** Runs the child until it has said `enough` lines and a moment more, kills it with SIGKILL and returns all it said. */
async function runUntil(enough: number, moreMs: number): Promise<readonly string[]> {
  const { url } = await sharedServer();
  const process_ = spawn(process.execPath, ['--conditions=parley:source', child, url, database], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(process_, 'exit');
  const lines: string[] = [];
  for await (const line of createInterface(process_.stdout)) {
    lines.push(line);
    if (lines.length === enough) setTimeout(() => process_.kill('SIGKILL'), moreMs);
  }
  await exited;
  return lines;
}

describe('a process killed at any moment', () => {
  it('leaves every acknowledged write and no half batch, for the next one to start with', async () => {
    if (reason !== undefined) return console.info(`skipped: ${reason}`);
    for (let round = 0; round < KILLS; round += 1) {
      const lines = await runUntil(1 + Math.floor(Math.random() * 15), Math.random() * 25);
      const acknowledged = Number(lines.at(-1));
      const driver = await openTestDriver(database, { leaseMs: 600 });
      await driver.prepare([collection]);
      const left = await driver.count(collection.name, { id: { prefix: 'left-' } });
      const right = await driver.count(collection.name, { id: { prefix: 'right-' } });
      await driver.close();
      expect(left).toBe(right);
      expect(left).toBeGreaterThan(acknowledged);
    }
    return undefined;
  }, 300_000);
});

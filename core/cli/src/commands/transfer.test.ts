import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { startTestHost } from '@parley/testing';

const COMMAND = join(import.meta.dirname, '../../bin/parley.mjs');
const createFolder = () => mkdtempSync(join(tmpdir(), 'parley-cli-transfer-'));

/** Runs the command as an operator does; resolves with what it printed. */
async function parley(cwd: string, ...args: string[]) {
  const env = { ...process.env, NODE_OPTIONS: '', PARLEY_DATA: '', PARLEY_CONFIG: '' };
  const child = spawn(process.execPath, [COMMAND, ...args], { cwd, env });
  let [out, errors] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const code = await new Promise((resolve) => child.once('close', resolve));
  return { code, out, errors };
}

describe('an operator', () => {
  it('backs up a running server, restores elsewhere, and moves to another database', async () => {
    const cwd = createFolder();
    {
      await using host = await startTestHost({ plugins: [], shipped: true, dataDir: join(cwd, 'data') });
      await host.user('ada');
      const { code, out } = await parley(cwd, 'backup', 'one', '--with-key');
      expect(code).toBe(0);
      expect(out).toMatch(/from the running server \(SQLite\)\nThe root key is in it/);
      expect(out).toMatch(/\nbackup: \d+ records, \d+ bytes, [\d.]+ s\n$/);
      expect(await parley(cwd, 'restore', 'one')).toMatchObject({
        code: 1,
        errors: expect.stringMatching(/^TRANSFER_RUNNING/),
      });
      expect(await parley(cwd, 'migrate', '--to', 'sqlite', '--file', 'x.db')).toMatchObject({ code: 1 });
    }
    const restored = await parley(cwd, 'restore', 'one', '--data', 'new');
    expect(restored.out).toMatch(/counts and hashes compared\nThe root key fits/);
    const { records } = JSON.parse((await parley(cwd, 'backup', 'two', '--data', 'new', '--json')).out) as {
      records: number;
    };
    expect(restored.out).toContain(`restore: ${records} records, 1 files`);

    const moved = await parley(cwd, 'migrate', '--data', 'new', '--to', 'sqlite', '--file', 'other.db', '--switch');
    expect(moved).toMatchObject({ code: 0, out: expect.stringContaining(`migrate: ${records} records`) });
    expect(existsSync(join(cwd, 'new/other.db'))).toBe(true);
    await using _host = await startTestHost({ plugins: [], shipped: true, dataDir: join(cwd, 'new') });
  }, 120_000);

  it('is told what is wrong in one line, with exit code 1', async () => {
    const cwd = createFolder();
    writeFileSync(join(cwd, 'text'), 'no backup');
    const refusals = await Promise.all([
      parley(cwd, 'backup'),
      parley(cwd, 'restore'),
      parley(cwd, 'restore', 'text'),
      parley(cwd, 'restore', 'missing'),
      parley(cwd, 'migrate'),
      parley(cwd, 'migrate', '--to', 'sqlite'),
    ]);
    expect(refusals.map(({ code, errors }) => [code, /^(\w+): .+\n$/.exec(errors)?.[1]])).toEqual([
      [1, 'TRANSFER_NO_DATA'],
      [1, 'CLI_USAGE'],
      [1, 'ARCHIVE_FOREIGN'],
      [1, 'ARCHIVE_NOT_FOUND'],
      [1, 'CLI_USAGE'],
      [1, 'TRANSFER_NO_DATA'],
    ]);
    expect(readdirSync(cwd)).toEqual(['text']);
  }, 60_000);
});

import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { isAppError } from '@parley/contracts';
import { openRemote } from './remote-connection.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-remote-'));
});
afterEach(() => rm(folder, { recursive: true }));

const open = () => openRemote({ file: join(folder, 'parley.db'), readOnly: false, timeoutMs: 0 });

it('passes the errors of SQLite on with their number', async () => {
  const remote = open();
  await remote.rows('CREATE TABLE t (x UNIQUE)');
  await remote.rows('INSERT INTO t VALUES (1)');
  await expect(remote.rows('INSERT INTO t VALUES (1)')).rejects.toMatchObject({ errcode: 2067 });
  expect(await remote.rows('SELECT x FROM t')).toHaveLength(1);
  await remote.close();
});

it('refuses what is asked, or still open, when its thread has ended', async () => {
  const remote = open();
  const asked = remote.rows('SELECT 1').catch((error: unknown) => error);
  await remote.close();
  expect(isAppError(await asked, 'STORAGE_UNAVAILABLE')).toBe(true);
  expect(remote.isOpen()).toBe(false);
  const later = await remote.rows('SELECT 1').catch((error: unknown) => error);
  expect(isAppError(later, 'STORAGE_UNAVAILABLE')).toBe(true);
});

it('starts in a process that was started with arguments no thread takes, and lets it end', () => {
  const script = `
    import { openRemote } from ${JSON.stringify(join(import.meta.dirname, 'remote-connection.ts'))};
    const remote = openRemote({ file: ${JSON.stringify(join(folder, 'parley.db'))}, readOnly: false, timeoutMs: 0 });
    console.log(JSON.stringify(await remote.rows('SELECT 7')));
  `;
  const args = ['--conditions=parley:source', '--input-type=module', '--eval', script];
  expect(spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 60_000 }).stdout).toBe('[[7]]\n');
}, 90_000);

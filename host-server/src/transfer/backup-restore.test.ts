import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { script, startTestHost } from '@parley/testing';
import { changeOffline } from '../composition/change-offline.ts';
import { backup } from './backup.ts';
import { createFolder, fill, makeBatches, sumsIn, surroundingsOf } from './fixtures/installations.ts';
import { restore } from './restore.ts';
import { restoreStatePath } from './restore-state.ts';

const dataOf = (cwd: string) => join(cwd, 'data');
const startOn = (cwd: string) =>
  startTestHost({ plugins: [], shipped: true, model: script`Hello world`, dataDir: dataOf(cwd) });
/** An installation of made-up records, and a backup of it. */
async function makeBackup(counts: readonly (readonly [string, number])[] = [['a.b', 250]]) {
  const cwd = createFolder();
  await fill(surroundingsOf(cwd), makeBatches(counts));
  const { path } = await backup(surroundingsOf(cwd));
  return { cwd, path };
}
const leftIn = (folder: string) => readdirSync(folder).filter((name) => /restore|partial/.test(name));

jest.setTimeout(120_000);

describe('a backup of a running server', () => {
  it('is restored elsewhere with its people, conversations, key and changes', async () => {
    const cwd = createFolder();
    const there = createFolder();
    const surroundings = surroundingsOf(cwd);
    await changeOffline([{ do: 'configure', id: 'notes', settings: { maxNotesPerConversation: 7 } }], {
      dataDir: dataOf(cwd),
      ...surroundings,
    });
    let path: string;
    let token: string;
    let credentials: object;
    {
      await using host = await startOn(cwd);
      await host.user('ada').chat('remember the milk').expectText('Hello world');
      const { email, password, accessToken } = await host.user('ada');
      [token, credentials] = [accessToken, { email, password }];
      const result = await backup(surroundings, { withKey: true });
      expect(result).toMatchObject({ isServing: true, hasKey: true });
      path = result.path;
    }
    const restored = await restore(surroundingsOf(there), { file: path });
    expect(restored).toMatchObject({ key: 'same', wasCutOff: false });
    expect(restored.files).toContain('secret.key');

    await using host = await startOn(there);
    const session = host.session();
    const login = await session.request('/api/auth/login', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(credentials),
    });
    expect(login.status).toBe(200);
    // The token of the old server is signed with a key that came along.
    const reply = await session.request('/api/convos', { headers: { authorization: `Bearer ${token}` } });
    expect(await reply.json()).toMatchObject({ items: [{ title: expect.any(String) }] });
  });

  it('ends with its server, and leaves no file', async () => {
    const cwd = createFolder();
    await fill(surroundingsOf(cwd), makeBatches([['a.b', 20_000]]));
    await using host = await startOn(cwd);
    let stopping: Promise<unknown> | undefined;
    const onProgress = () => void (stopping ??= host.stop());
    await expect(backup(surroundingsOf(cwd), { onProgress })).rejects.toMatchObject({ code: 'HOST_CUT_OFF' });
    await stopping;
    expect(readdirSync(cwd)).toEqual(['data']);
  });

  it('names a root key that is not the one of the server', async () => {
    const cwd = createFolder();
    await using _host = await startOn(cwd);
    const other = surroundingsOf(cwd, { PARLEY_SECRET: 'another key, long enough to be taken for one' });
    await expect(backup(other, { withKey: true })).rejects.toMatchObject({ code: 'TRANSFER_OTHER_KEY' });
  });
});

describe('a backup of a stopped server', () => {
  it('takes the records of plugins that nobody starts', async () => {
    const { cwd, path } = await makeBackup([
      ['gone.things', 30],
      ['a.b', 250],
    ]);
    const there = createFolder();
    const { records } = await restore(surroundingsOf(there), { file: path });
    expect(records).toBe(280);
    expect(await sumsIn(surroundingsOf(there))).toEqual(await sumsIn(surroundingsOf(cwd)));
  });

  it('goes into a folder under a name with the time', async () => {
    const { cwd } = await makeBackup();
    mkdirSync(join(cwd, 'backups'));
    const { path } = await backup(surroundingsOf(cwd), { file: 'backups' });
    expect(path).toMatch(/backups\/parley-\d{8}-\d{6}\.ndjson\.zst$/);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('makes no data folder where there is none', async () => {
    const cwd = createFolder();
    await expect(backup(surroundingsOf(cwd))).rejects.toMatchObject({ code: 'TRANSFER_NO_DATA' });
    expect(readdirSync(cwd)).toEqual([]);
  });

  it('says where the root key is when it was asked for and is not there', async () => {
    const cwd = createFolder();
    await fill(surroundingsOf(cwd), makeBatches([['a.b', 1]]));
    await expect(backup(surroundingsOf(cwd), { withKey: true })).rejects.toMatchObject({ code: 'TRANSFER_NO_KEY' });
  });

  it('holds the key of the environment and the config file when both are asked for', async () => {
    const cwd = createFolder();
    const PARLEY_SECRET = 'a key of the environment, long enough';
    writeFileSync(join(cwd, 'parley.config.yaml'), 'name: Acme\n');
    await fill(surroundingsOf(cwd), makeBatches([['a.b', 1]]));
    const { path } = await backup(surroundingsOf(cwd, { PARLEY_SECRET }), { withKey: true, withConfig: true });
    const there = createFolder();
    await restore(surroundingsOf(there), { file: path });
    expect(readFileSync(join(there, 'data/secret.key'), 'utf8').trim()).toBe(PARLEY_SECRET);
    expect(readFileSync(join(there, 'data/config/parley.config.yaml'), 'utf8')).toBe('name: Acme\n');
  });
});

describe('a restore', () => {
  it('tells what the root key will be', async () => {
    const cwd = createFolder();
    await startOn(cwd).then((host) => host.stop());
    const { path } = await backup(surroundingsOf(cwd));
    expect(await restore(surroundingsOf(createFolder()), { file: path })).toMatchObject({ key: 'missing' });
    const PARLEY_SECRET = 'another key, long enough to be taken for one';
    const other = surroundingsOf(createFolder(), { PARLEY_SECRET });
    expect(await restore(other, { file: path })).toMatchObject({ key: 'other' });
    const there = createFolder();
    mkdirSync(dataOf(there));
    writeFileSync(join(there, 'data/secret.key'), readFileSync(join(cwd, 'data/secret.key')));
    expect(await restore(surroundingsOf(there), { file: path })).toMatchObject({ key: 'same' });
  });

  it('touches nothing while a server runs', async () => {
    const { path } = await makeBackup();
    const there = createFolder();
    await using _host = await startOn(there);
    const restoring = restore(surroundingsOf(there), { file: path });
    await expect(restoring).rejects.toMatchObject({ code: 'TRANSFER_RUNNING' });
    expect(existsSync(restoreStatePath(dataOf(there)))).toBe(false);
  });

  it('touches no database that holds records, and leaves the folder as it was', async () => {
    const { path } = await makeBackup();
    const { cwd: there } = await makeBackup([['c.d', 3]]);
    const before = await sumsIn(surroundingsOf(there));
    const restoring = restore(surroundingsOf(there), { file: path });
    await expect(restoring).rejects.toMatchObject({
      code: 'TRANSFER_NOT_EMPTY',
      message: expect.stringMatching(/holds 3 records/),
    });
    expect(await sumsIn(surroundingsOf(there))).toEqual(before);
    expect(leftIn(dataOf(there))).toEqual([]);
  });

  it('replaces no file of another installation', async () => {
    const cwd = createFolder();
    await startOn(cwd).then((host) => host.stop());
    const { path } = await backup(surroundingsOf(cwd), { withKey: true });
    const there = createFolder();
    mkdirSync(dataOf(there));
    writeFileSync(join(there, 'data/secret.key'), 'the key of something else, which is long enough');
    const restoring = restore(surroundingsOf(there), { file: path });
    await expect(restoring).rejects.toMatchObject({
      code: 'TRANSFER_NOT_EMPTY',
      message: expect.stringMatching(/secret\.key is there/),
    });
    expect(readdirSync(dataOf(there))).toEqual(['secret.key']);
  });

  it('writes nothing of an archive that is damaged', async () => {
    const { path } = await makeBackup();
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.subarray(0, bytes.length - 30));
    const there = createFolder();
    await expect(restore(surroundingsOf(there), { file: path })).rejects.toMatchObject({ code: 'ARCHIVE_DAMAGED' });
    expect(readdirSync(there)).toEqual([]);
  });

  it('that was cut off keeps the server from starting, refuses another backup, and starts over', async () => {
    const { cwd, path } = await makeBackup([['a.b', 3_000]]);
    const { path: other } = await makeBackup();
    const there = surroundingsOf(createFolder());
    const controller = new AbortController();
    const onProgress = ({ step }: { step: string }) => void (step === 'restore' && controller.abort());
    await expect(restore(there, { file: path, onProgress, signal: controller.signal })).rejects.toThrow();

    const refusal = { code: 'TRANSFER_UNFINISHED_RESTORE', message: expect.stringContaining(path) };
    await expect(startOn(there.cwd)).rejects.toMatchObject(refusal);
    await expect(restore(there, { file: other })).rejects.toMatchObject(refusal);
    await expect(backup(there)).rejects.toMatchObject(refusal);
    expect(await restore(there, { file: path })).toMatchObject({ wasCutOff: true, records: 3_000 });
    expect(await sumsIn(there)).toEqual(await sumsIn(surroundingsOf(cwd)));
    await startOn(there.cwd).then((host) => host.stop());
  });

  it('goes into another database than the backup was taken from', async () => {
    const cwd = createFolder();
    mkdirSync(dataOf(cwd));
    const file = join(cwd, 'of-the-old-server.db');
    const change = { do: 'configure' as const, id: 'storage-sqlite', settings: { file } };
    await changeOffline([change], { ...surroundingsOf(cwd), dataDir: dataOf(cwd) });
    await fill(surroundingsOf(cwd), makeBatches([['a.b', 250]]));
    const { path } = await backup(surroundingsOf(cwd));

    const there = surroundingsOf(createFolder());
    await expect(restore(there, { file: path })).rejects.toMatchObject({ code: 'TRANSFER_NOT_EMPTY' });
    expect(readdirSync(dataOf(there.cwd))).toEqual([]);
    const to = { to: 'sqlite', file: 'own.db' };
    expect(await restore(there, { file: path, to })).toMatchObject({ records: 250 });
    expect(existsSync(join(dataOf(there.cwd), 'own.db'))).toBe(true);
  });
});

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { startTestHost } from '@parley/testing';
import { createFolder, fill, makeBatches, sumsIn, surroundingsOf } from './fixtures/installations.ts';
import { migrateApart } from './fixtures/migrate-apart.ts';
import { migrate } from './migrate.ts';
import type { MigrateOptions } from './migrate.ts';

const KILLS = 6;

const to = (file: string, more: Partial<MigrateOptions> = {}): MigrateOptions => ({ to: 'sqlite', file, ...more });
const at = (file: string) => ({ id: 'storage-sqlite', settings: { file } });
const statePath = (cwd: string) => join(cwd, 'data/migration.json');

async function createInstallation(count: number) {
  const cwd = createFolder();
  await fill(
    surroundingsOf(cwd),
    makeBatches([
      ['a.b', count],
      ['a.c', 10],
    ]),
  );
  return { cwd, surroundings: surroundingsOf(cwd), before: await sumsIn(surroundingsOf(cwd)) };
}

jest.setTimeout(120_000);

describe('a migration', () => {
  it('moves every record, compares both sides and leaves the source as it was', async () => {
    const { surroundings, before } = await createInstallation(1_000);
    const result = await migrate(surroundings, to('new.db'));
    expect(result).toMatchObject({ records: 1_010, collections: 2, wasCutOff: false, isSwitched: false });
    expect(await sumsIn(surroundings, at('new.db'))).toEqual(before);
    expect(await sumsIn(surroundings)).toEqual(before);
    expect(existsSync(statePath(surroundings.cwd))).toBe(false);
  });

  it('makes the new database what the server uses when it is told to, also later', async () => {
    const { cwd, surroundings, before } = await createInstallation(100);
    await migrate(surroundings, to('new.db'));
    await migrate(surroundings, to('new.db', { isSwitching: true }));
    expect(readFileSync(join(cwd, 'data/composition.json'), 'utf8')).toContain('new.db');
    expect(await sumsIn(surroundings)).toEqual(before);
    await expect(migrate(surroundings, to('new.db'))).rejects.toMatchObject({ code: 'TRANSFER_SAME_PLACE' });
  });

  it('switches once, although it was killed between the switch and its end', async () => {
    const { cwd, surroundings } = await createInstallation(100);
    const moved = { from: 'SQLite', fromId: 'storage-sqlite', records: 110, collections: 2 };
    const { targetHash } = await cutOffState(cwd, 'new.db');
    await migrate(surroundings, to('new.db', { isSwitching: true }));
    writeFileSync(statePath(cwd), JSON.stringify({ formatVersion: 1, target: 'new.db', targetHash, moved }));
    expect(await migrate(surroundings, to('new.db', { isSwitching: true }))).toMatchObject({
      ...moved,
      wasCutOff: true,
    });
    expect(existsSync(statePath(cwd))).toBe(false);
  });

  it('goes on after each kill and ends with equal data', async () => {
    const { cwd, surroundings, before } = await createInstallation(20_000);
    for (let kill = 0; kill < KILLS; kill += 1) {
      const ended = await migrateApart(cwd, to('new.db'), 1 + Math.floor(Math.random() * 40), Math.random() * 20);
      expect([ended, existsSync(statePath(cwd))]).toEqual(['SIGKILL', true]);
    }
    expect(await migrate(surroundings, to('new.db'))).toMatchObject({ wasCutOff: true, records: 20_010 });
    expect(await sumsIn(surroundings, at('new.db'))).toEqual(before);
    expect(await sumsIn(surroundings)).toEqual(before);
  });

  it('brings what the source got after it was cut off', async () => {
    const { cwd, surroundings } = await createInstallation(8_000);
    await migrateApart(cwd, to('new.db'), 12);
    expect(JSON.parse(readFileSync(statePath(cwd), 'utf8'))).toHaveProperty('after');
    await fill(surroundings, makeBatches([['a.a', 300]]));
    const changed = await sumsIn(surroundings);
    expect(await migrate(surroundings, to('new.db'))).toMatchObject({ wasCutOff: true, records: 8_310 });
    expect(await sumsIn(surroundings, at('new.db'))).toEqual(changed);
  });

  it('that was cut off is not mixed with one to another place', async () => {
    const { surroundings } = await createInstallation(100);
    await cutOffState(surroundings.cwd, 'new.db');
    const other = migrate(surroundings, to('other.db'));
    await expect(other).rejects.toMatchObject({
      code: 'TRANSFER_UNFINISHED_MIGRATION',
      message: expect.stringMatching(/new\.db/),
    });
  });

  it('needs an empty database', async () => {
    const { surroundings, before } = await createInstallation(100);
    const there = createFolder();
    const file = join(there, 'data/parley.db');
    await fill(surroundingsOf(there), makeBatches([['x.y', 3]]));
    const moving = migrate(surroundings, to(file));
    await expect(moving).rejects.toMatchObject({
      code: 'TRANSFER_TARGET_NOT_EMPTY',
      message: expect.stringMatching(/holds 3 records/),
    });
    expect(existsSync(statePath(surroundings.cwd))).toBe(false);
    expect(await sumsIn(surroundings)).toEqual(before);
  });

  it('tells which collection differs when the target was changed meanwhile', async () => {
    const { cwd, surroundings } = await createInstallation(8_000);
    await migrateApart(cwd, to('new.db'), 12);
    await fill(surroundings, makeBatches([['x.y', 3]]), at('new.db'));
    const moving = migrate(surroundings, to('new.db'));
    await expect(moving).rejects.toMatchObject({
      code: 'TRANSFER_DIFFERS',
      message: expect.stringMatching(/x\.y has 3 records in place of 0/),
    });
  });

  it('does not begin while the server runs', async () => {
    const { cwd, surroundings } = await createInstallation(10);
    await using _host = await startTestHost({ plugins: [], shipped: true, dataDir: join(cwd, 'data') });
    await expect(migrate(surroundings, to('new.db'))).rejects.toMatchObject({ code: 'TRANSFER_RUNNING' });
  });
});

/** Leaves a migration as if it had been killed at its beginning. */
async function cutOffState(cwd: string, file: string): Promise<{ targetHash: string }> {
  const controller = new AbortController();
  const onProgress = () => controller.abort();
  await migrate(surroundingsOf(cwd), to(file, { signal: controller.signal, onProgress })).catch(() => undefined);
  return JSON.parse(readFileSync(statePath(cwd), 'utf8')) as { targetHash: string };
}

import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { backup } from './backup.ts';
import { createFolder, fill, makeBatches, sumsIn, surroundingsOf } from './fixtures/installations.ts';
import { migrateApart } from './fixtures/migrate-apart.ts';
import { migrate } from './migrate.ts';
import { restore } from './restore.ts';

jest.setTimeout(300_000);

/** A server as the tests of the driver start it; a path of another project, so it is found at run time. */
const FIXTURE: string = join(import.meta.dirname, '../../../plugins/storage-mongo/src/server/fixtures/test-server.ts');
interface Fixture {
  readonly startTestServer: () => Promise<{ readonly name: string; readonly url: string; stop(): Promise<void> }>;
}

const { startTestServer } = (await import(FIXTURE)) as Fixture;
const server = await startTestServer().catch((error: unknown) => {
  if (process.env['REQUIRE_SERVICES'] === '1') throw error;
  console.info(`migrations to MongoDB are not tested: ${String(error)}`);
  return undefined;
});
afterAll(() => server?.stop());
const test = server === undefined ? it.skip : it;

let databases = 0;
/** A database of its own on the test server, as the command line names it. */
function newTarget() {
  databases += 1;
  const url = new URL(server?.url ?? '');
  url.pathname = `/parley_move_${process.pid}_${databases}`;
  return { to: 'mongo', url: url.href };
}
const at = ({ url }: { readonly url: string }) => ({ id: 'storage-mongo', settings: { url } });
const KILLS = 3;

async function createInstallation() {
  const cwd = createFolder();
  const surroundings = surroundingsOf(cwd);
  await fill(
    surroundings,
    makeBatches(
      [
        ['a.b', 500],
        ['a.c', 10],
      ],
      50,
    ),
  );
  return { cwd, surroundings, before: await sumsIn(surroundings) };
}

describe(`a migration to MongoDB (${server?.name ?? 'none'})`, () => {
  test('goes on after kills, is switched to, and goes back to a file', async () => {
    const { cwd, surroundings, before } = await createInstallation();
    const target = newTarget();
    for (let kill = 0; kill < KILLS; kill += 1) await migrateApart(cwd, target, 1, kill * 100);
    await migrate(surroundings, { ...target, isSwitching: true });
    expect(readFileSync(join(cwd, 'data/composition.json'), 'utf8')).not.toContain(target.url);
    rmSync(join(cwd, 'data/parley.db'));
    expect(await sumsIn(surroundings)).toEqual(before);
    await migrate(surroundings, { to: 'sqlite', file: 'back.db', isSwitching: true });
    expect(await sumsIn(surroundings)).toEqual(before);
    expect(existsSync(join(cwd, 'data/back.db'))).toBe(true);
  });

  test('may be followed by a backup that a machine without it, and without the key, restores', async () => {
    const { surroundings, before } = await createInstallation();
    await migrate(surroundings, { ...newTarget(), isSwitching: true });
    const { path, driver } = await backup(surroundings);
    expect(driver).toBe('MongoDB');
    const there = surroundingsOf(createFolder());
    await expect(restore(there, { file: path })).rejects.toMatchObject({ code: 'TRANSFER_NO_STORAGE' });
    expect(await restore(there, { file: path, to: { to: 'sqlite' } })).toMatchObject({ key: 'missing' });
    expect(await sumsIn(there)).toEqual(before);
  });

  test('starts from a file although the environment names the new database already', async () => {
    const { surroundings, before } = await createInstallation();
    const target = newTarget();
    const withMongo = surroundingsOf(surroundings.cwd, { MONGODB_URI: target.url });
    await expect(migrate(withMongo, { to: 'mongo' })).rejects.toMatchObject({ code: 'TRANSFER_SAME_PLACE' });
    await migrate(withMongo, { from: 'sqlite', to: 'mongo' });
    expect(await sumsIn(withMongo)).toEqual(before);
    expect(await sumsIn(surroundings, at(target))).toEqual(before);
  });
});

import { appendFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Change } from '@parley/contracts';
import { KERNEL_VERSION } from '@parley/kernel';
import { readLockfile } from '@parley/package';
import { entriesOf, makeFolder, writeArchive, writePackage } from '@parley/package/testing';
import type { PackageChanges } from '@parley/package/testing';
import { addPlugin, removePlugin, updatePlugin } from './add-plugin.ts';
import type { InstallDeps } from './add-plugin.ts';

/** A package that asks for something. */
const asking = (more: object = {}, files: PackageChanges['files'] = {}): string =>
  writePackage({
    files,
    manifest: (manifest) => ({
      ...manifest,
      plugin: {
        ...(manifest['plugin'] as object),
        permissions: { network: ['api.example.com'], declares: [] },
        storage: [{ name: 'place', version: 1, scope: 'user' }],
        ...more,
      },
    }),
  });

function setUp(answers: InstallDeps['answers'] = { isYes: true }) {
  const dataDir = makeFolder();
  const lockfile = join(dataDir, 'parley.lock.json');
  const changes: Change[] = [];
  const printed: string[] = [];
  const deps: InstallDeps = {
    installation: {
      dataDir,
      lockfile,
      offer: { kernel: KERNEL_VERSION, moduleVersion: () => '0.1.0', sharedVersion: () => '19.3.1' },
    },
    cwd: dataDir,
    answers,
    settings: {},
    applyChanges: async (more) => {
      changes.push(...more);
      return 'done';
    },
    print: (line) => printed.push(line),
  };
  return { deps, changes, printed, lockfile, dataDir, locked: () => readLockfile(lockfile).plugins['acme.weather'] };
}

describe('adding a plugin', () => {
  it('shows what it asks for, vendors and locks it, and adds it to the composition', async () => {
    const { deps, changes, printed, locked, dataDir } = setUp();
    expect(await addPlugin(asking(), deps)).toBe('plugin add: acme.weather 1.0.0, done');
    expect(printed.join('\n')).toMatch(/calls the hosts api\.example\.com[^]*keeps records/);
    expect(locked()).toMatchObject({ version: '1.0.0', grants: { network: ['api.example.com'], storage: true } });
    const hash8 = locked()?.filesHash.slice(0, 8);
    expect(existsSync(join(dataDir, `plugins/acme.weather/1.0.0-${hash8}/dist/server/index.js`))).toBe(true);
    expect(changes).toEqual([{ do: 'add', use: 'acme.weather' }]);
  });

  it('takes an archive as npm packs it', async () => {
    const { deps, locked } = setUp();
    await addPlugin(writeArchive(entriesOf(asking())), deps);
    expect(locked()?.version).toBe('1.0.0');
  });

  it('changes nothing until somebody allows what it asks for', async () => {
    const { deps, changes, locked } = setUp({ isYes: false });
    await expect(addPlugin(asking(), deps)).rejects.toThrow('--network api.example.com');
    expect([changes, locked()]).toEqual([[], undefined]);
  });

  it('grants a part of it', async () => {
    const { deps, locked } = setUp({ isYes: false, part: { storage: true, network: ['evil.example.com'] } });
    await addPlugin(asking(), deps);
    expect(locked()?.grants).toMatchObject({ network: [], storage: true });
  });

  it.each<[string, () => string, string]>([
    ['a changed file', () => tampered(), 'PACKAGE_TAMPERED'],
    ['a kernel of another major', () => requiring({ kernel: '^9.0.0', modules: {} }), 'PACKAGE_INCOMPATIBLE'],
    ['another React', () => writePackage({ manifest: withReact('^18.0.0') }), 'PACKAGE_INCOMPATIBLE'],
    ['a path out of its archive', () => hostile(), 'PACKAGE_BAD_ARCHIVE'],
    ['nothing in it', () => makeFolder(), 'PACKAGE_NO_MANIFEST'],
    ['no place', () => 'no-such-package', 'INSTALL_NO_SOURCE'],
  ])('refuses %s and leaves no trace', async (_what, make, code) => {
    const { deps, changes, locked, dataDir } = setUp();
    await expect(addPlugin(make(), deps)).rejects.toMatchObject({ code });
    expect([changes, locked(), existsSync(join(dataDir, 'plugins/acme.weather'))]).toEqual([[], undefined, false]);
  });

  it('is undone when the composition refuses it', async () => {
    const { deps, locked, dataDir } = setUp();
    const refusing = { ...deps, applyChanges: () => Promise.reject(new Error('no')) };
    await expect(addPlugin(asking(), refusing)).rejects.toThrow('no');
    expect([locked(), existsSync(join(dataDir, 'plugins/acme.weather'))]).toEqual([undefined, false]);
  });

  it('says that it is there already', async () => {
    const { deps } = setUp();
    await addPlugin(asking(), deps);
    await expect(addPlugin(asking(), deps)).rejects.toMatchObject({ code: 'INSTALL_INSTALLED' });
  });
});

describe('updating a plugin', () => {
  const next = (more: object = {}) => asking({ version: '1.1.0', ...more }, { 'dist/server/more.js': '' });

  it('that asks for nothing new needs no answer', async () => {
    const { deps, changes, printed, locked } = setUp();
    await addPlugin(asking(), deps);
    await updatePlugin(next(), { ...deps, answers: { isYes: false } });
    expect(locked()?.version).toBe('1.1.0');
    expect(printed).toContain('  version 1.0.0 -> 1.1.0');
    expect(changes.slice(1)).toEqual([{ do: 'update', id: 'acme.weather' }]);
  });

  it('that asks for more stops until that is granted, and names it', async () => {
    const { deps, printed, locked } = setUp();
    await addPlugin(asking(), deps);
    const more = next({ permissions: { network: ['api.example.com', 'tracker.example.com'], declares: [] } });
    await expect(updatePlugin(more, { ...deps, answers: { isYes: false } })).rejects.toMatchObject({
      code: 'INSTALL_UNCONFIRMED',
    });
    expect(printed).toContain('  new: it calls the hosts tracker.example.com');
    expect(locked()?.version).toBe('1.0.0');
    await updatePlugin(more, deps);
    expect(locked()?.grants.network).toContain('tracker.example.com');
  });

  it('goes back to what was locked when the composition refuses it', async () => {
    const { deps, locked } = setUp();
    await addPlugin(asking(), deps);
    const refusing = { ...deps, applyChanges: () => Promise.reject(new Error('no')) };
    await expect(updatePlugin(next(), refusing)).rejects.toThrow('no');
    expect(locked()?.version).toBe('1.0.0');
  });
});

it('removing a plugin keeps its records and says how to erase them', async () => {
  const { deps, changes, printed, locked, dataDir } = setUp();
  await addPlugin(asking(), deps);
  await removePlugin('acme.weather', deps);
  expect(changes.at(-1)).toEqual({ do: 'remove', id: 'acme.weather' });
  expect(printed.join('\n')).toContain('DELETE FROM "acme.weather.place"');
  expect([locked(), existsSync(join(dataDir, 'plugins/acme.weather'))]).toEqual([undefined, false]);
  await expect(removePlugin('acme.weather', deps)).rejects.toMatchObject({ code: 'INSTALL_NOT_INSTALLED' });
});

function tampered(): string {
  const dir = asking();
  appendFileSync(join(dir, 'dist/server/index.js'), 'evil()');
  return dir;
}

const hostile = () =>
  writeArchive([...entriesOf(asking()), { path: 'package/../../../../evil.js', content: 'evil()' }]);

const requiring = (parley: object) => writePackage({ manifest: (manifest) => ({ ...manifest, parley }) });

const withReact = (react: string) => (manifest: Record<string, unknown>) => ({
  ...manifest,
  web: { ...(manifest['web'] as object), react },
});

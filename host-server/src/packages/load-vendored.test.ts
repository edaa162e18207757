import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { LockedPlugin } from '@parley/kernel/lockfile';
import { lockfilePath, lockPlugin, readPackage, uiHashOf, vendorPackage } from '@parley/package';
import { makeFolder, writePackage } from '@parley/package/testing';
import { changeOffline } from '../composition/change-offline.ts';
import { createVendoredUi } from '../web/vendored-ui.ts';
import { openWebBuild } from '../web/web-build.ts';
import { loadVendored } from './load-vendored.ts';

const ID = 'acme.weather';

/** A data folder in which the package is installed, as `parley plugin add` leaves it. */
function install() {
  const dataDir = makeFolder();
  const pack = vendorPackage(dataDir, readPackage(writePackage()));
  const { manifest, manifestHash, dir } = pack;
  const locked: LockedPlugin = { version: '1.0.0', manifestHash, filesHash: manifest.integrity, grants: {} };
  lockPlugin(lockfilePath(dataDir), ID, locked);
  return { dataDir, dir, locked, address: `/ui/${uiHashOf(manifest)}/remoteEntry.js` };
}

describe('an installed plugin', () => {
  it('is loaded from the data folder with what the host has', async () => {
    const { dataDir, locked } = install();
    const { plugin } = await loadVendored({ dataDir, id: ID, locked });
    expect(plugin).toMatchObject({ id: ID, version: '1.0.0' });
  });

  it('that is not the one of the lockfile is refused', async () => {
    const { dataDir, dir, locked } = install();
    writeFileSync(join(dir, 'plugin.manifest.json'), `${readFileSync(join(dir, 'plugin.manifest.json'), 'utf8')} `);
    await expect(loadVendored({ dataDir, id: ID, locked })).rejects.toThrow('not the one in the lockfile');
  });

  it('with a changed file is refused before any of its code runs', async () => {
    const { dataDir, dir, locked } = install();
    appendFileSync(join(dir, 'dist/server/index.js'), '\nglobalThis.isTakenOver = true;');
    await expect(loadVendored({ dataDir, id: ID, locked })).rejects.toMatchObject({ code: 'PACKAGE_TAMPERED' });
    expect('isTakenOver' in globalThis).toBe(false);
  });

  it('does not run on a page with another React', async () => {
    const { dataDir, locked } = install();
    const loading = loadVendored({ dataDir, id: ID, locked, sharedVersion: () => '20.0.0' });
    await expect(loading).rejects.toThrow('its page side needs React ^19.0.0; the page has 20.0.0');
  });
});

describe('the page side of an installed plugin', () => {
  const open = (dataDir: string) => {
    const build = makeFolder();
    writeFileSync(join(build, 'manifest.json'), JSON.stringify({ shell: { files: {} }, plugins: {} }));
    return openWebBuild(build, createVendoredUi(dataDir));
  };

  it('is served at an address that holds its hash, and nothing else of the package is', () => {
    const { dataDir, address } = install();
    const web = open(dataDir);
    const file = web.file(address);
    expect(file && web.read(file).toString()).toBe('remote()');
    for (const path of ['../server/index.js', 'plugin.manifest.json', '../../package.json']) {
      expect(web.file(address.replace('remoteEntry.js', path))).toBeUndefined();
    }
  });

  it('is not served any more when it was changed, with its manifest or without', () => {
    const { dataDir, dir, address } = install();
    const web = open(dataDir);
    const file = web.file(address);
    appendFileSync(join(dir, 'dist/web/remoteEntry.js'), 'evil()');
    expect(() => file && web.read(file)).toThrow(expect.objectContaining({ code: 'HOST_BAD_PLUGIN_FILE' }));
    const path = join(dir, 'plugin.manifest.json');
    writeFileSync(
      path,
      readFileSync(path, 'utf8').replace(/"dist\/web\/remoteEntry.js":"\w{4}/, (text) => `${text.slice(0, -4)}0000`),
    );
    expect(open(dataDir).file(address)).toBeUndefined();
  });
});

describe('a change where no server runs', () => {
  const compositionOf = (dataDir: string) => {
    const path = join(dataDir, 'composition.json');
    return existsSync(path)
      ? (JSON.parse(readFileSync(path, 'utf8')) as { versions: { entries: object }[] }).versions.at(-1)?.entries
      : undefined;
  };

  it('adds and removes an installed plugin from the next start on', async () => {
    const { dataDir } = install();
    await changeOffline([{ do: 'add', use: ID }], { dataDir, cwd: dataDir, env: {} });
    expect(compositionOf(dataDir)).toMatchObject({ [ID]: { use: ID, isAdded: true } });
    await changeOffline([{ do: 'remove', id: ID }], { dataDir, cwd: dataDir, env: {} });
    expect(compositionOf(dataDir)).toEqual({});
  });

  it('changes nothing where the config file names the plugin', async () => {
    const { dataDir } = install();
    writeFileSync(join(dataDir, 'parley.config.yaml'), `plugins:\n  - use: ${ID}\n`);
    await changeOffline([{ do: 'add', use: ID }], { dataDir, cwd: dataDir, env: {} });
    expect(compositionOf(dataDir)).toBeUndefined();
  });
});

import { appendFileSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { compatibilityProblems } from './compatibility.ts';
import { makeFolder, writePackage } from './testing/write-package.ts';
import type { PackageChanges } from './testing/write-package.ts';
import { listFiles } from './hash-files.ts';
import { linkHostModules } from './host-modules.ts';
import { loadPackage } from './load-package.ts';
import { MANIFEST_FILE } from './package-manifest.ts';
import { readPackage, verifyPackage } from './read-package.ts';
import { vendorPackage } from './vendor-package.ts';

const read = (changes?: PackageChanges) => readPackage(writePackage(changes));
const refusal = (code: string) => expect.objectContaining({ code });

describe('a package', () => {
  it('is vendored with its own files and nothing else', () => {
    const source = read();
    writeFileSync(join(source.dir, 'notes.txt'), 'not of the package');
    const data = makeFolder();
    const { dir } = vendorPackage(data, source);
    expect(dir).toBe(join(data, `plugins/acme.weather/1.0.0-${source.manifest.integrity.slice(0, 8)}`));
    expect(listFiles(dir)).toEqual([...Object.keys(source.manifest.files), MANIFEST_FILE].toSorted());
  });

  it('that was vendored and changed since is vendored again', () => {
    const source = read();
    const data = makeFolder();
    const { dir } = vendorPackage(data, source);
    appendFileSync(join(dir, 'dist/server/index.js'), 'evil()');
    verifyPackage(vendorPackage(data, source));
    expect(readFileSync(join(dir, 'dist/server/index.js'), 'utf8')).not.toContain('evil');
  });

  it.each<[string, (dir: string) => void]>([
    ['one byte more', (dir) => appendFileSync(join(dir, 'dist/server/index.js'), ' ')],
    ['a file less', (dir) => rmSync(join(dir, 'dist/web/a.css'))],
    [
      'a link in place of a file',
      (dir) => {
        const path = join(dir, 'dist/web/remoteEntry.js');
        writeFileSync(join(dir, 'elsewhere.js'), readFileSync(path));
        rmSync(path);
        symlinkSync('../../elsewhere.js', path);
      },
    ],
    [
      'a link in place of a folder',
      (dir) => {
        mkdirSync(join(dir, 'other'));
        for (const file of ['remoteEntry.js', 'a.css'])
          writeFileSync(join(dir, 'other', file), readFileSync(join(dir, 'dist/web', file)));
        rmSync(join(dir, 'dist/web'), { recursive: true });
        symlinkSync('../other', join(dir, 'dist/web'));
      },
    ],
  ])('with %s is refused', (_what, change) => {
    const source = read();
    change(source.dir);
    expect(() => vendorPackage(makeFolder(), source)).toThrow(refusal('PACKAGE_TAMPERED'));
  });

  it('whose list of files was changed with one of them is refused by its integrity', () => {
    const source = read({ manifest: (manifest) => ({ ...manifest, integrity: 'a'.repeat(64) }) });
    expect(() => verifyPackage(source)).toThrow('its integrity is not that of its files');
  });

  it('with a style for the whole page is refused', () => {
    const source = read({ files: { 'dist/web/a.css': 'body { display: none }' } });
    expect(() => verifyPackage(source)).toThrow(refusal('PACKAGE_BAD_STYLE'));
  });

  it.each([
    ['a door outside of it', { doors: { server: '../evil.js' } }],
    ['a door that is no file of it', { doors: { server: 'dist/server/other.js' } }],
    ['a file in a folder above', { files: { '../x': 'a'.repeat(64) } }],
    ['brought dependencies', { files: { 'node_modules/zod/index.js': 'a'.repeat(64) } }],
    ['another format', { formatVersion: 2 }],
    ['an id that is a path', { plugin: { id: '../x', version: '1.0.0', kernel: '*', permissions: {} } }],
  ])('with %s has no valid manifest', (_what, change) => {
    expect(() => read({ manifest: (manifest) => ({ ...manifest, ...change }) })).toThrow(
      refusal('PACKAGE_BAD_MANIFEST'),
    );
  });

  it('without a manifest says how to get one', () => {
    expect(() => readPackage(makeFolder())).toThrow('run `parley plugin build`');
  });
});

describe('compatibility', () => {
  const offer = { kernel: '1.0.0', moduleVersion: () => '0.1.4', sharedVersion: () => '19.3.1' };
  const problems = (change: object, more = {}) =>
    compatibilityProblems(read({ manifest: (manifest) => ({ ...manifest, ...change }) }).manifest, {
      ...offer,
      ...more,
    });

  it('has no problem where every range holds', () => {
    expect(problems({})).toEqual([]);
  });

  it('names the kernel, the module and the React that do not fit', () => {
    const parley = { kernel: '^2.0.0', modules: { '@parley/kernel': '^3.0.0' } };
    const web = { remote: 'a', dir: 'dist/web', entry: 'remoteEntry.js', react: '^18.2.0', shared: {} };
    expect(problems({ parley, web })).toEqual([
      'it needs a kernel ^2.0.0; this Parley has 1.0.0',
      'it was built for @parley/kernel ^3.0.0; this Parley has 0.1.4',
      'its page side needs React ^18.2.0; the page has 19.3.1',
    ]);
  });

  it('names a module that is not there', () => {
    expect(problems({}, { moduleVersion: () => undefined })[0]).toContain('which this Parley does not have');
  });
});

describe('the code of a package', () => {
  const from = import.meta.url;
  const load = (changes?: PackageChanges) => {
    const data = makeFolder();
    const pack = vendorPackage(data, read(changes));
    linkHostModules(data, ['@parley/kernel', '@parley/contracts'], from);
    return loadPackage(pack, (url) => import(url));
  };
  const changed = (definition: string) => ({
    files: {
      'dist/server/index.js': `import { definePlugin } from '@parley/kernel';\nexport default definePlugin({ id: 'acme.weather', version: '1.0.0', kernel: '^1.0.0', ${definition} });`,
    },
  });

  it('is loaded from the data folder with the modules of the host', async () => {
    await expect(load()).resolves.toMatchObject({ id: 'acme.weather', version: '1.0.0' });
  });

  it('that asks for a host its manifest does not name is refused', async () => {
    const loading = load(changed("permissions: { network: ['evil.example.com'] }, setup() {}"));
    await expect(loading).rejects.toThrow('permissions is {"network":["evil.example.com"]}, the manifest says nothing');
  });

  it('that is no plugin is refused', async () => {
    await expect(load({ files: { 'dist/server/index.js': 'export default 1' } })).rejects.toThrow(
      'no plugin as default export',
    );
  });

  it('can not serve an operation that its manifest does not list', async () => {
    const contract = "{ id: 'acme.weather', version: '1.0.0', operations: { now: { method: 'GET', path: '/now' } } }";
    const plugin = await load(changed(`setup(ctx) { ctx.routes(${contract}, {}) }`));
    const context = { routes: () => undefined } as never;
    expect(() => plugin.setup(context, {} as never)).toThrow('it serves GET /api/x/acme.weather/now');
  });

  it('is told where the page finds its remote', async () => {
    const ui = "ui: { module: './web', slots: {} }";
    const plugin = await load({
      ...changed(`${ui}, setup() {}`),
      manifest: (manifest) => ({
        ...manifest,
        plugin: { ...(manifest['plugin'] as object), ui: { module: './web', slots: {} } },
      }),
    });
    expect(plugin.ui?.remote?.entry).toMatch(/^\/ui\/[0-9a-f]{32}\/remoteEntry\.js$/);
  });

  it('finds the host again after that was moved', async () => {
    const data = makeFolder();
    const pack = vendorPackage(data, read());
    mkdirSync(join(data, 'plugins/node_modules/@parley'), { recursive: true });
    symlinkSync('/nowhere/kernel', join(data, 'plugins/node_modules/@parley/kernel'));
    linkHostModules(data, ['@parley/kernel', '@parley/contracts'], from);
    await expect(loadPackage(pack, (url) => import(url))).resolves.toMatchObject({ id: 'acme.weather' });
    expect(pathToFileURL(pack.dir).protocol).toBe('file:');
  });
});

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createPlugin } from './create-plugin.ts';
import { TEMPLATES } from './templates.ts';

const ROOT = join(import.meta.dirname, '../../..');
const templates = Object.keys(TEMPLATES);
const makeParent = () => mkdtempSync(join(tmpdir(), 'parley-create-'));
const readJson = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Record<string, Record<string, string>>;

describe('createPlugin', () => {
  it('has a template for each folder of templates', () => {
    const folders = readdirSync(join(import.meta.dirname, '../templates'));
    expect(folders.toSorted()).toEqual(templates.toSorted());
  });

  it.each(templates)('leaves no word of the template in %s', (template) => {
    const { folder, files } = createPlugin({ id: 'acme-things', template, parent: makeParent() });
    expect(files.length).toBeGreaterThan(8);
    for (const file of files) {
      expect(file).not.toMatch(/sample/i);
      expect(readFileSync(join(folder, file), 'utf8')).not.toMatch(/sample/i);
    }
  });

  it.each(templates)('gives %s the id, the package name and the seven headings', (template) => {
    const { folder } = createPlugin({ id: 'acme-things', template, parent: makeParent() });
    const read = (file: string) => readFileSync(join(folder, file), 'utf8');
    expect(read('src/server/index.ts')).toContain("id: 'acme-things'");
    expect(readJson(join(folder, 'package.json'))['name']).toBe('parley-plugin-acme-things');
    expect(read('README.md')).toMatch(/^# acme-things\n/);
    expect(read('README.md').match(/^## .+$/gm)).toHaveLength(7);
    expect(read('.gitignore')).toContain('dist/');
  });

  it.each(templates)('asks in %s for the versions that this repository has', (template) => {
    const { folder } = createPlugin({ id: 'acme-things', template, parent: makeParent() });
    const versionOf = (name: string) => String(readJson(join(ROOT, 'node_modules', name, 'package.json'))['version']);
    const ranges = Object.entries(readJson(join(folder, 'package.json'))['devDependencies'] ?? {});
    expect(ranges).toEqual(ranges.map(([name]) => [name, `^${versionOf(name)}`]));
  });

  it('installs from a folder of archives when one is given', () => {
    const packages = join(makeParent(), 'packages');
    mkdirSync(packages);
    const names = ['cli', 'contracts', 'host-server', 'host-web', 'kernel', 'testing', 'plugin-chat'];
    for (const name of names) writeFileSync(join(packages, `parley-${name}-0.1.0.tgz`), '');
    const { folder } = createPlugin({ id: 'things', template: 'provider', parent: join(packages, '..'), packages });
    const { devDependencies = {}, overrides = {} } = readJson(join(folder, 'package.json'));
    expect(devDependencies['@parley/cli']).toBe('file:../packages/parley-cli-0.1.0.tgz');
    expect(devDependencies['zod']).not.toMatch(/^file:/);
    expect(overrides).toEqual({ '@parley/plugin-chat': 'file:../packages/parley-plugin-chat-0.1.0.tgz' });
  });

  it('says how to make the archives it misses', () => {
    const options = { id: 'things', template: 'provider', parent: makeParent(), packages: '/nowhere' };
    expect(() => createPlugin(options)).toThrow('/nowhere holds no @parley/cli; make the packages with `npm run pack`');
  });

  it('refuses ids that are none, templates there are not, and folders that are taken', () => {
    const parent = makeParent();
    for (const id of ['', '../x', 'Lists', 'reading_lists', 'acme.lists']) {
      expect(() => createPlugin({ id, template: 'provider', parent })).toThrow('is no plugin id');
    }
    expect(() => createPlugin({ id: 'x', template: 'toString', parent })).toThrow('the templates are: provider,');
    createPlugin({ id: 'things', template: 'provider', parent });
    expect(() => createPlugin({ id: 'things', template: 'provider', parent })).toThrow('is there already');
  });
});

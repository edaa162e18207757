import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createWorkspacePlugin } from './create-workspace-plugin.ts';

const TEMPLATE = join(import.meta.dirname, '../../../../plugins/notes');

/** A project with the reference plugin and its lines of the lockfile. */
function project(): string {
  const root = mkdtempSync(join(tmpdir(), 'parley-new-'));
  cpSync(TEMPLATE, join(root, 'plugins/notes'), {
    recursive: true,
    filter: (path) => !/[/\\](dist|dist-ui|node_modules)$/.test(path),
  });
  mkdirSync(join(root, 'node_modules/@parley'), { recursive: true });
  const packages = {
    'node_modules/@parley/plugin-notes': { resolved: 'plugins/notes', link: true },
    'plugins/notes': { name: '@parley/plugin-notes', version: '0.1.0', dependencies: { zod: '4.6.7' } },
  };
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ lockfileVersion: 3, packages }));
  return root;
}

describe('createWorkspacePlugin', () => {
  it.each(['reading-lists', 'todo'])('leaves no word of the template in %s', (id) => {
    const root = project();
    const files = createWorkspacePlugin(root, id);
    expect(files.length).toBeGreaterThan(15);
    for (const file of files) {
      expect(file).not.toMatch(/notes?/i);
      expect(readFileSync(join(root, file), 'utf8')).not.toMatch(/\bnotes?\b|notes?[A-Z]|[a-z]Notes?/i);
    }
  });

  it('links it and adds it to the lockfile, as an install would', () => {
    const root = project();
    createWorkspacePlugin(root, 'reading-lists');
    expect(readdirSync(join(root, 'node_modules/@parley/plugin-reading-lists'))).toContain('package.json');
    const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: object };
    expect(packages).toMatchObject({
      'node_modules/@parley/plugin-reading-lists': { resolved: 'plugins/reading-lists', link: true },
      'plugins/reading-lists': { name: '@parley/plugin-reading-lists', dependencies: { zod: '4.6.7' } },
    });
  });

  it('tells in its readme how to install it', () => {
    const root = project();
    createWorkspacePlugin(root, 'reading-lists');
    const readme = readFileSync(join(root, 'plugins/reading-lists/README.md'), 'utf8');
    expect(readme).toMatch(/^# reading-lists\n/);
    expect(readme).toContain('- use: ./plugins/reading-lists/src/server/index.ts');
    expect(readme.match(/^## .+$/gm)).toHaveLength(7);
    expect(readme).not.toContain('reference');
  });

  it('refuses ids that are none, and those that are taken', () => {
    const root = project();
    for (const id of ['', '../x', 'Lists', 'reading_lists', 'acme.lists']) {
      expect(() => createWorkspacePlugin(root, id)).toThrow('is no plugin id');
    }
    expect(() => createWorkspacePlugin(root, 'notes')).toThrow('plugins/notes is there already');
  });
});

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { createErrors } from './create-errors.ts';
import { allWordsOf } from './names.ts';
import { toLocalPackages } from './local-packages.ts';
import { createRenaming } from './rename.ts';
import { TEMPLATE_WORD, TEMPLATES } from './templates.ts';
import type { TemplateName } from './templates.ts';

/** What to make, and where. */
export interface CreateOptions {
  /** Name of the plugin: its id, and the second half of its package's name. */
  readonly id: string;
  readonly template: string;
  /** Folder that will hold the plugin's folder. */
  readonly parent: string;
  /** Folder with packed packages of Parley to install from; the registry without one. */
  readonly packages?: string;
}

/** A plugin that was made. */
export interface CreatedPlugin {
  readonly folder: string;
  /** Paths inside of `folder`. */
  readonly files: readonly string[];
}

const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const HOME = join(import.meta.dirname, '../templates');
const IGNORED = ['node_modules/', 'dist/', 'data/', 'plugin.manifest.json', 'plugin.report.json', ''].join('\n');

const isTemplate = (name: string): name is TemplateName => Object.hasOwn(TEMPLATES, name);

/**
 * Makes a plugin in a folder of its own from a template.
 * @throws CREATE_BAD_ID, CREATE_UNKNOWN_TEMPLATE, CREATE_EXISTS, CREATE_NO_PACKAGES
 */
export function createPlugin({ id, template, parent, packages }: CreateOptions): CreatedPlugin {
  if (!ID.test(id)) throw createErrors.BAD_ID({ id });
  if (!isTemplate(template)) throw createErrors.UNKNOWN_TEMPLATE({ template, known: Object.keys(TEMPLATES) });
  const folder = join(parent, id);
  if (existsSync(folder) && readdirSync(folder).length > 0) throw createErrors.EXISTS({ folder });
  const renaming = createRenaming(TEMPLATE_WORD, allWordsOf(id), { isId: true });
  const write = (path: string, content: string): string => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
    return path;
  };
  const source = join(HOME, template);
  const files = listFiles(source).map((path) => {
    const content = renaming.content(path, readFileSync(join(source, path), 'utf8'));
    const isPackage = path === 'package.json' && packages !== undefined;
    return write(renaming.path(path), isPackage ? toLocalPackages(content, folder, packages) : content);
  });
  // npm leaves a .gitignore out of packages, so it is no file of the template.
  return { folder, files: [...files, write('.gitignore', IGNORED)].toSorted() };
}

const listFiles = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((path) => !path.split(sep).includes('node_modules') && !path.split(sep).includes('dist'));

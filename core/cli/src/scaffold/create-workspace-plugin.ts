import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { AppError } from '@parley/contracts';
import { createRenaming, wordsOf } from 'create-parley-plugin';

const TEMPLATE = 'plugins/notes';
const TEMPLATE_WORD = 'note';
const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const LEFT_OUT = new Set(['dist', 'dist-ui', 'node_modules']);

const refuse = (code: string, message: string): AppError => new AppError({ code, status: 400, message });

const listFiles = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((path) => !path.split(sep).some((part) => LEFT_OUT.has(part)) && !path.endsWith('tsconfig.json'));

/**
 * Makes the plugin `id` from the reference plugin. Shape: the paths written, from the root.
 * @throws CLI_BAD_PLUGIN_ID, CLI_PLUGIN_EXISTS
 */
export function createWorkspacePlugin(root: string, id: string): readonly string[] {
  if (!ID.test(id))
    throw refuse('CLI_BAD_PLUGIN_ID', `${id} is no plugin id; expected kebab-case such as reading-lists`);
  const target = join('plugins', id);
  if (existsSync(join(root, target)))
    throw refuse('CLI_PLUGIN_EXISTS', `${target} is there already; choose another id`);
  const renaming = createRenaming(TEMPLATE_WORD, wordsOf(id));
  const written = listFiles(join(root, TEMPLATE)).map((path) => {
    const content = readFileSync(join(root, TEMPLATE, path), 'utf8');
    const to = join(target, renaming.path(path));
    mkdirSync(dirname(join(root, to)), { recursive: true });
    writeFileSync(join(root, to), renaming.content(path, withoutTemplate(path, content, id)));
    return to;
  });
  link(root, id);
  lock(root, id);
  return written;
}

/** What is true of the reference plugin only. */
function withoutTemplate(path: string, content: string, id: string): string {
  if (!path.endsWith('README.md')) return content.replace(': the reference that a new plugin starts from', '');
  return content
    .replace(/^# .*$/m, `# ${id}`)
    .replace(/ It is also the reference:[\s\S]*?\.\n/, '\n')
    .replace(/## Install\n[\s\S]*?\n(?=## )/, `## Install\n${installLines(id)}\n\n`);
}

const installLines = (id: string): string =>
  ['In `parley.config.yaml`:', '```yaml', 'plugins:', `  - use: ./plugins/${id}/src/server/index.ts`, '```'].join('\n');

/** What `npm install` would do for a workspace that needs nothing new. */
function link(root: string, id: string): void {
  const path = join(root, 'node_modules/@parley', `plugin-${id}`);
  if (existsSync(join(root, 'node_modules/@parley')) && !existsSync(path)) {
    symlinkSync(join('../../plugins', id), path, 'dir');
  }
}

interface Lock {
  readonly packages: Record<string, Record<string, unknown>>;
}

/** Adds the plugin to the lockfile beside its template, whose dependencies it has. */
function lock(root: string, id: string): void {
  const path = join(root, 'package-lock.json');
  if (!existsSync(path)) return;
  const lockfile = JSON.parse(readFileSync(path, 'utf8')) as Lock;
  const template = lockfile.packages[TEMPLATE];
  if (!template) return;
  const packages = {
    ...lockfile.packages,
    [`plugins/${id}`]: { ...template, name: `@parley/plugin-${id}` },
    [`node_modules/@parley/plugin-${id}`]: { resolved: `plugins/${id}`, link: true },
  };
  const sorted = Object.fromEntries(Object.entries(packages).toSorted(([a], [b]) => a.localeCompare(b, 'en')));
  writeFileSync(path, `${JSON.stringify({ ...lockfile, packages: sorted }, null, 2)}\n`);
}

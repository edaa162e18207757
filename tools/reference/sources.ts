import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../run.ts';

/** A source file that is part of Parley: no test, fixture, template or example. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** An exported value that a definer made, with the file it stands in. */
export interface Defined<T> {
  readonly name: string;
  readonly value: T;
  readonly file: SourceFile;
}

const LEFT_OUT = /\.test\.ts$|\/fixtures\/|\/templates\/|^(examples|tools|bench|e2e)\//;

const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts'], {
  cwd: root,
  encoding: 'utf8',
});

/** Every source file, by path. */
export const sources: readonly SourceFile[] = listed
  .split('\n')
  .filter((path) => path !== '' && !LEFT_OUT.test(path) && existsSync(join(root, path)))
  .toSorted()
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));

/** The values of `export const name = definer(...)` in all sources, as they are at run time. */
export async function findDefined<T>(definer: string): Promise<readonly Defined<T>[]> {
  const pattern = new RegExp(`export const (\\w+)(?::[^=]+)? = ${definer}\\b`, 'g');
  const found: Defined<T>[] = [];
  for (const file of sources) {
    const names = [...file.text.matchAll(pattern)].map(([, name = '']) => name);
    if (names.length === 0) continue;
    const door = (await import(join(root, file.path))) as Readonly<Record<string, T>>;
    for (const name of names) found.push({ name, value: door[name] as T, file });
  }
  return found;
}

/** The plugin or layer a file belongs to, as readers know it. */
export const ownerOf = ({ path }: SourceFile): string =>
  /^plugins\/([^/]+)\//.exec(path)?.[1] ??
  path
    .split('/')
    .slice(0, path.startsWith('core/') ? 2 : 1)
    .join('/');

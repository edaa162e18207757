// npm run pack [-- folder]: every package as it would be published, `npm pack` of each, with the built page inside of
// host-web. Without a folder they go to .parley/packages. Closes with `pack: N packages in <folder>`.
import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { root, run } from './run.ts';

interface Manifest {
  readonly workspaces?: readonly string[];
  readonly files?: readonly string[];
  readonly private?: boolean;
}

const target = resolve(process.argv[2] ?? join(root, '.parley/packages'));
const read = (folder: string) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
const TEST = /\.test\.tsx?$|\.test\.(js|d\.ts)(\.map)?$/;

/** Folders of the packages that others install; examples are none. */
const packages = (read(root).workspaces ?? [])
  .filter((pattern) => !pattern.startsWith('examples/'))
  .flatMap((pattern) => globSync(join(root, pattern, 'package.json')).map((path) => dirname(path)))
  .toSorted();

/** Whether a compiled file still has its source; `tsc -b` never removes what it once wrote. */
function hasSource(folder: string, path: string): boolean {
  const stem = path.slice(join(folder, 'dist').length + 1).replace(/\.(d\.ts|js)(\.map)?$/, '');
  return ['src', '.'].some((dir) => ['ts', 'tsx'].some((type) => existsSync(join(folder, dir, `${stem}.${type}`))));
}

const isPublished = (folder: string) => (path: string) => {
  const inPackage = path.slice(folder.length + 1);
  if (TEST.test(path) || basename(path) === '.tsbuildinfo' || /^dist\/test(\/|$)/.test(inPackage)) return false;
  return !/^dist\/.*\.(js|d\.ts)(\.map)?$/.test(inPackage) || hasSource(folder, path);
};

/** What `files` of the package says, its styles and fonts beside the compiled code, and the page in host-web. */
function stage(folder: string, to: string): void {
  const { files = [], private: _, ...manifest } = read(folder);
  const names = ['README.md', ...files.filter((name) => !name.startsWith('!'))].filter((name) =>
    existsSync(join(folder, name)),
  );
  for (const name of names) {
    cpSync(join(folder, name), join(to, name), { recursive: true, filter: isPublished(folder) });
  }
  for (const style of globSync('src/**/*.{css,woff2,svg}', { cwd: folder })) {
    cpSync(join(folder, style), join(to, style.replace(/^src/, 'dist')));
  }
  const isPage = basename(folder) === 'host-web';
  if (isPage) cpSync(join(root, '.parley/web'), join(to, 'page'), { recursive: true });
  const published = { ...manifest, files: isPage ? [...files, 'page'] : files };
  writeFileSync(join(to, 'package.json'), `${JSON.stringify(published, null, 2)}\n`);
}

const stop = (what: string, output: string): never => {
  console.error(output);
  console.error(`pack: ${what} failed`);
  process.exit(1);
};

for (const [command, ...args] of [
  ['tsc', '-b'],
  ['parley', 'build'],
] as const) {
  const { code, output } = await run(command, args);
  if (code !== 0) stop(`${command} ${args.join(' ')}`, output);
}
const draft = mkdtempSync(join(tmpdir(), 'parley-pack-'));
try {
  const staged = packages.map((folder) => {
    const to = join(draft, folder.slice(root.length + 1).replaceAll('/', '-'));
    mkdirSync(to);
    stage(folder, to);
    return to;
  });
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  const { code, output } = await run('npm', ['pack', '--silent', '--pack-destination', target, ...staged]);
  if (code !== 0) stop('npm pack', output);
  console.log(`pack: ${staged.length} packages in ${target}`);
} finally {
  rmSync(draft, { recursive: true, force: true });
}

// npm run walk [-- template ...]: what an author does with each template, outside of this repository: make, install from
// packed packages, test, build, verify, pack. PARLEY_PACKAGES names a folder of packed packages; without it they are packed
// first. Closes with `walk: N passed, N failed`.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { root, run } from './run.ts';

const { createPlugin, TEMPLATES } = await import('create-parley-plugin');
const packages = process.env['PARLEY_PACKAGES'] ?? join(root, '.parley/packages');
if (process.env['PARLEY_PACKAGES'] === undefined) await need('npm run pack', run('node', ['tools/pack-all.ts']));

const wanted = process.argv.slice(2);
const templates = Object.keys(TEMPLATES).filter((name) => wanted.length === 0 || wanted.includes(name));
const parent = mkdtempSync(join(tmpdir(), 'parley-walk-'));
/** Nothing of this repository is found: only what is installed, and the key for reports lies in a folder of its own. */
const env = {
  PATH: [join(parent, 'node_modules/.bin'), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
  PARLEY_LOG: 'warn',
};
const STEPS: readonly (readonly [command: string, ...args: string[]])[] = [
  ['npm', 'test', '--silent'],
  ['npm', 'run', '--silent', 'build'],
  ['parley', 'plugin', 'verify', '--key', join(parent, 'author-key.pem')],
  ['npm', 'pack', '--silent'],
];

let failed = 0;
try {
  const made = templates.map((template) => createPlugin({ id: `my-${template}`, template, parent, packages }));
  await installOnce(made.map(({ folder }) => folder));
  for (const { folder } of made) failed += (await walk(folder)) ? 0 : 1;
} finally {
  rmSync(parent, { recursive: true, force: true });
}
console.log(`walk: ${templates.length - failed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);

/** One installation above all plugins, since they need nearly the same. */
async function installOnce(folders: readonly string[]): Promise<void> {
  const manifests = folders.map(
    (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { devDependencies: object },
  );
  const devDependencies = Object.fromEntries(
    manifests
      .flatMap((manifest) => Object.entries(manifest.devDependencies))
      .filter(([, range]) => !String(range).startsWith('file:')),
  );
  mkdirSync(parent, { recursive: true });
  writeFileSync(join(parent, 'package.json'), JSON.stringify({ name: 'walk', private: true, devDependencies }));
  const archives = readdirSync(packages).map((name) => join(packages, name));
  await need(
    'npm install',
    run('npm', ['install', '--no-save', '--prefer-offline', '--no-audit', '--no-fund', ...archives], { cwd: parent }),
  );
}

async function walk(folder: string): Promise<boolean> {
  for (const [command, ...args] of STEPS) {
    const { code, output, ms } = await run(command, args, { cwd: folder, env });
    const name = `${folder.slice(parent.length + 1)}: ${[command, ...args].join(' ').replace(parent, '..')}`;
    console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${(ms / 1_000).toFixed(1)} s)`);
    if (code === 0) continue;
    console.log(output.trimEnd());
    return false;
  }
  return true;
}

async function need(what: string, work: ReturnType<typeof run>): Promise<void> {
  const { code, output } = await work;
  if (code === 0) return;
  console.error(`${output}\nwalk: ${what} failed`);
  process.exit(1);
}

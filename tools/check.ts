// npm run check: format, lint, types, layers, dead exports, sizes, lockfile, changesets, docs. Closes with `check: N ok, N failed`.
import { run } from './run.ts';

interface Step {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

const node = (name: string, file: string, ...args: string[]): Step => ({
  name,
  command: 'node',
  args: [file, ...args],
});
const steps: readonly Step[] = [
  { name: 'format', command: 'biome', args: ['format', '.'] },
  node('tsconfigs', 'tools/tsconfigs.ts', '--check'),
  { name: 'types', command: 'tsc', args: ['-b'] },
  { name: 'types of tools', command: 'tsc', args: ['-p', 'tools'] },
  {
    name: 'types of templates',
    command: 'tsc',
    args: ['-p', 'tools/templates'],
  },
  { name: 'types of e2e', command: 'tsc', args: ['-p', 'e2e'] },
  // After the types: the linter reads the declarations they leave.
  { name: 'lint', command: 'oxlint', args: ['--type-aware', '.'] },
  {
    name: 'layers',
    command: 'depcruise',
    args: [
      '--config',
      'tools/layers.mjs',
      'contracts/src',
      'core',
      'plugins',
      'host-server/src',
      'host-web',
      '--no-progress',
    ],
  },
  { name: 'dead exports', command: 'knip', args: ['--no-progress'] },
  node('sizes of files', 'tools/sizes.ts'),
  { name: 'build of the page', command: 'parley', args: ['build'] },
  node('size of the page', 'host-web/size.ts'),
  node('lockfile', 'tools/complete-lockfile.ts', '--check'),
  node('licences', 'tools/licences.ts'),
  node('changesets', 'tools/changesets.ts'),
  node('docs', 'tools/docs.ts'),
  node('reference docs', '--conditions=parley:source', 'tools/reference.ts', '--check'),
];

let failed = 0;
for (const step of steps) {
  const { code, output, ms } = await run(step.command, step.args);
  if (code !== 0) {
    failed += 1;
    console.log(output.trimEnd());
  }
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${step.name} (${(ms / 1000).toFixed(1)} s)`);
}
console.log(`check: ${steps.length - failed} ok, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

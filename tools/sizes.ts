// Fails when a source file has grown beyond 400 lines, or a file's name explains nothing.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root, run } from './run.ts';

const MAX_LINES = 400;
const VAGUE = /^(utils?|helpers?|common|misc|types|manager)\.[a-z]+$/;

const { output } = await run('git', [
  'ls-files',
  '--cached',
  '--others',
  '--exclude-standard',
  '*.ts',
  '*.tsx',
  '*.mjs',
  '*.cjs',
  '*.css',
]);
const problems: string[] = [];
for (const file of output.split('\n').filter((name) => name !== '')) {
  if (VAGUE.test(basename(file))) problems.push(`${file}: the name explains nothing`);
  let lines = 0;
  try {
    lines = readFileSync(join(root, file), 'utf8').split('\n').length - 1;
  } catch {
    continue;
  }
  if (lines > MAX_LINES) problems.push(`${file}: ${lines} lines, at most ${MAX_LINES}; there are two files in it`);
}
for (const problem of problems) console.error(problem);
console.log(`sizes: ${problems.length} problems`);
process.exitCode = problems.length > 0 ? 1 : 0;

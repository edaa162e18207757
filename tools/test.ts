// npm test: every unit and package test. Arguments go to Jest. Closes with `tests: N passed, N failed`.
import { jestArguments, run } from './run.ts';

const { code, output } = await run(process.execPath, jestArguments(process.argv.slice(2)), {
  show: true,
  env: { FORCE_COLOR: process.stdout.isTTY ? '1' : '0' },
});
// oxlint-disable-next-line no-control-regex
const plain = output.replaceAll(/\u001b\[\d+m/g, '');
const totals = /^Tests:\s+(.*)$/m.exec(plain)?.[1] ?? '';
const count = (word: string): number => Number(new RegExp(`(\\d+) ${word}`).exec(totals)?.[1] ?? 0);
const suites = Number(/^Test Suites:\s+(?:(\d+) failed)?/m.exec(plain)?.[1] ?? 0);
const failed = Math.max(count('failed'), code === 0 ? 0 : Math.max(1, suites));
console.log(
  `tests: ${count('passed')} passed, ${failed} failed${count('skipped') > 0 ? `, ${count('skipped')} skipped` : ''}`,
);
process.exitCode = code;

import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { root, run } from './run.ts';

/** What Jest writes with `--json`, as far as it is read here. */
interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: 'passed' | 'failed';
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** Jest's command line with what our modules need. */
const jestArguments = (args: readonly string[]): string[] => [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  join(root, 'node_modules', 'jest', 'bin', 'jest.js'),
  ...args,
];

/** With more broken files than this, nothing is unsteady: something is broken. */
const MOST_LOOKED_AT_AGAIN = 4;

/** So long after its report Jest may wait for what tests left open; for ever, if nobody ends it. Unit: milliseconds. */
const LEFT_OPEN_MS = 20_000;

/** Aborts when Jest is still there after its report, and says so. */
async function endAfterReport(file: string, running: AbortSignal, end: AbortController): Promise<void> {
  try {
    while (!existsSync(file)) await pause(1_000, undefined, { signal: running });
    await pause(LEFT_OPEN_MS, undefined, { signal: running });
    console.log(
      'Jest was ended: a test file left something open, see above for failures or look with --detectOpenHandles',
    );
    end.abort();
  } catch {
    // It ended by itself.
  }
}

async function runOnce(args: readonly string[]): Promise<{ readonly code: number; readonly report?: Report }> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-tests-'));
  const file = join(folder, 'report.json');
  const ended = new AbortController();
  const end = new AbortController();
  void endAfterReport(file, ended.signal, end);
  try {
    const env = { FORCE_COLOR: process.stdout.isTTY ? '1' : '0' };
    const { code } = await run(process.execPath, jestArguments(['--json', `--outputFile=${file}`, ...args]), {
      show: true,
      env,
      signal: end.signal,
    });
    const text = await readFile(file, 'utf8').catch(() => undefined);
    return { code, ...(text === undefined ? {} : { report: JSON.parse(text) as Report }) };
  } finally {
    ended.abort();
    await rm(folder, { recursive: true, force: true });
  }
}

const failedFiles = (report: Report) => report.testResults.filter(({ status }) => status === 'failed');
const nameOf = (file: { readonly name: string }): string => relative(root, file.name);

/** A file that could not even be loaded counts as one failed test. */
const failedTests = (report: Report): number =>
  report.numFailedTests +
  failedFiles(report).filter(({ assertionResults }) => !assertionResults.some(({ status }) => status === 'failed'))
    .length;

function tell(title: string, report: Report | undefined, code: number): void {
  const failed = report === undefined ? 1 : Math.max(failedTests(report), code === 0 ? 0 : 1);
  const skipped = report?.numPendingTests ?? 0;
  const end = skipped > 0 ? `, ${skipped} skipped` : '';
  console.log(`${title}: ${report?.numPassedTests ?? 0} passed, ${failed} failed${end}`);
}

/**
 * Runs Jest and closes with `<title>: N passed, N failed`. In CI a few files that fail are run once more, alone: what passes
 * then is named as unsteady, so that it is mended and stops nobody; what fails twice is a failure.
 */
export async function runJest(
  title: string,
  args: readonly string[],
  runAgainArgs: readonly string[] = [],
): Promise<number> {
  const { code, report } = await runOnce(args);
  const broken = report === undefined ? [] : failedFiles(report);
  const isCi = process.env['CI'] === 'true';
  if (code === 0 || report === undefined || !isCi || broken.length === 0 || broken.length > MOST_LOOKED_AT_AGAIN) {
    tell(title, report, code);
    return code;
  }
  console.log(`${title}: run once more, alone: ${broken.map(nameOf).join(', ')}`);
  const again = await runOnce([...runAgainArgs, '--runInBand', '--runTestsByPath', ...broken.map(({ name }) => name)]);
  const stillBroken = new Set((again.report ? failedFiles(again.report) : broken).map(({ name }) => name));
  for (const file of broken.filter(({ name }) => !stillBroken.has(name))) {
    const tests = file.assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName);
    console.log(`${title}: unsteady, passed when run again: ${nameOf(file)}: ${tests.join('; ') || 'the file itself'}`);
  }
  const isCounted = again.report !== undefined;
  const passedBefore = broken
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'passed');
  const total: Report = {
    ...report,
    numPassedTests: report.numPassedTests + (isCounted ? again.report.numPassedTests - passedBefore.length : 0),
    numFailedTests: isCounted ? failedTests(again.report) : report.numFailedTests,
    testResults: [],
  };
  tell(title, total, again.code);
  return again.code;
}

// npm run e2e [-- pattern]: the page in headless Chromium against a real server. Closes with `e2e: N passed, N failed`.
import { existsSync } from 'node:fs';
import { runJest } from './run-jest.ts';
import { run } from './run.ts';

const executable = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
if (!existsSync(executable)) {
  const required = process.env['REQUIRE_SERVICES'] === '1';
  console.log(`e2e: no browser at ${executable}; install Debian's chromium or set CHROMIUM to one`);
  console.log(required ? 'e2e: 0 passed, 1 failed' : 'e2e: 0 passed, 0 failed, 1 skipped');
  process.exit(required ? 1 : 0);
}
const built = await run('parley', ['build'], { show: true });
if (built.code !== 0) process.exit(built.code);
const config = ['--config', 'e2e/jest.config.mjs'];
process.exitCode = await runJest('e2e', [...config, '--runInBand', ...process.argv.slice(2)], config);

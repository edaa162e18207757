// npm test: every unit and package test. Arguments go to Jest. Closes with `tests: N passed, N failed`.
import { runJest } from './run-jest.ts';

process.exitCode = await runJest('tests', process.argv.slice(2));

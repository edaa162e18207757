// The host as a program of its own; `parley start` does the same after it has built what is missing.
import { isAppError } from '@parley/contracts';
import { runHost } from './run-host.ts';

try {
  await runHost();
} catch (error) {
  console.error(isAppError(error) ? `${error.code}: ${error.message}` : error);
  process.exit(1);
}

import { isAppError } from '@parley/contracts';
import { runCreate } from './run-create.ts';

try {
  runCreate('npm create parley-plugin', process.argv.slice(2));
} catch (error) {
  console.error(isAppError(error) ? `${error.code}: ${error.message}` : error);
  process.exitCode = 1;
}

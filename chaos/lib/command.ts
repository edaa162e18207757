import { join } from 'node:path';
import { root, run } from '../../tools/run.ts';

/** Runs `parley` on a data folder and gives what it said as JSON. @throws with what it printed when it fails */
export async function parleyJson<T>(dataDir: string, ...args: readonly string[]): Promise<T> {
  const command = [join(root, 'core/cli/bin/parley.mjs'), ...args, '--json'];
  const { code, output } = await run(process.execPath, command, { env: { PARLEY_DATA: dataDir, PARLEY_LOG: 'warn' } });
  // Progress comes before it, on standard error.
  const start = output.search(/^\{/m);
  if (code === 0 && start !== -1) return JSON.parse(output.slice(start)) as T;
  throw new Error(`parley ${args.join(' ')} ended with ${code}:\n${output}`);
}

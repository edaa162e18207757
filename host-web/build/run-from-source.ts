import { spawnSync } from 'node:child_process';

const CONDITION = '--conditions=parley:source';

/**
 * Whether this process resolves packages to their sources; where it does not, the program is run again so that it does,
 * and the caller is done.
 */
export function runsFromSource(file: string): boolean {
  if (process.execArgv.includes(CONDITION)) return true;
  const { status } = spawnSync(process.execPath, [CONDITION, file, ...process.argv.slice(2)], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
  return false;
}

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';

/** Starts a TypeScript program of the project from source; its output is this process's. */
export const startProgram = (
  root: string,
  file: string,
  { nodeOptions = [], env = {} }: { readonly nodeOptions?: readonly string[]; readonly env?: NodeJS.ProcessEnv } = {},
): ChildProcess =>
  spawn(process.execPath, ['--conditions=parley:source', ...nodeOptions, file], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });

/** Starts another program; its output is this process's. */
export const startCommand = (root: string, command: string, args: readonly string[]): ChildProcess =>
  spawn(command, args, { cwd: root, stdio: 'inherit' });

/** Resolves with the exit code of a program. */
export const ended = (program: ChildProcess): Promise<number> =>
  new Promise((resolve, reject) => {
    program.once('error', reject);
    program.once('exit', (code, signal) => resolve(code ?? (signal ? 1 : 0)));
  });

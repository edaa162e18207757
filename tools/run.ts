import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

/** The project's root. */
export const root = join(import.meta.dirname, '..');

/** The environment of a command: the project's own tools and its own Node come first. */
export const environment = (more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv => ({
  ...process.env,
  PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env['PATH'] ?? ''}`,
  ...more,
});

/** What a command left behind. */
export interface Outcome {
  readonly code: number;
  /** Standard output and error, in the order they came. */
  readonly output: string;
  readonly ms: number;
}

/** How a command is run. */
interface RunOptions {
  /** Passes on what it prints, as it comes. */
  readonly show?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Kills the command when it aborts; its code is then 1. */
  readonly signal?: AbortSignal;
}

/** Runs a command to its end. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? root,
      env: environment(options.env),
      stdio: ['ignore', 'pipe', 'pipe'],
      killSignal: 'SIGKILL',
      ...(options.signal ? { signal: options.signal } : {}),
    });
    let output = '';
    const take = (target: NodeJS.WriteStream) => (chunk: Buffer) => {
      output += chunk.toString();
      if (options.show) target.write(chunk);
    };
    child.stdout.on('data', take(process.stdout));
    child.stderr.on('data', take(process.stderr));
    child.on('error', (error) => {
      if (!options.signal?.aborted) reject(error);
    });
    child.on('close', (code) => resolve({ code: code ?? 1, output, ms: performance.now() - started }));
  });
}

import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const TICKS_PER_SECOND = 100;
const LONGEST_RUN_MS = 300_000;
const canPin = process.platform === 'linux' && existsSync('/usr/bin/taskset');

/** Puts this process, the harness, on the second core, away from the servers it measures. */
export function pinHarness(): void {
  if (canPin) spawn('taskset', ['-apc', '1', String(process.pid)], { stdio: 'ignore' });
}

/** A server under measurement, in a process and on a core of its own. */
export interface ServerProcess {
  readonly url: string;
  readonly pid: number;
  /** CPU time of the process so far, user and system, in microseconds. */
  cpuMicros(): number;
  /** Resident memory, bytes. */
  residentBytes(): number;
  /** Ends it at once, or by the signal that lets it end what it has started. */
  stop(signal?: 'SIGTERM'): Promise<void>;
}

const cpuMicros = (pid: number): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return ((Number(fields[11]) + Number(fields[12])) * 1_000_000) / TICKS_PER_SECOND;
};

const untilReady = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const url = /^(?:listening|Parley is ready at) (http:\S+)$/m.exec(output)?.[1];
      if (url) resolve(url);
    });
    child.on('exit', (code) => reject(new Error(`the server ended with ${code} before it listened: ${output}`)));
  });

function commandOf([file = '', ...words]: readonly string[], isPinned: boolean): readonly string[] {
  const command = [
    process.execPath,
    '--conditions=parley:source',
    '--disable-warning=ExperimentalWarning',
    join(import.meta.dirname, '../..', file),
    ...words,
  ];
  return canPin && isPinned ? ['taskset', '-c', '0', ...command] : command;
}

/** Runs a program, a path from the project's root with its arguments, on the servers' core; gives what it prints. */
export async function runPinned(script: readonly string[]): Promise<string> {
  const [program = '', ...args] = commandOf(script, true);
  const env = { ...process.env, NODE_ENV: 'production' };
  const { stdout } = await promisify(execFile)(program, args, { env, maxBuffer: 10_000_000, timeout: LONGEST_RUN_MS });
  return stdout;
}

/**
 * Starts a server program, a path from the project's root with its arguments, and waits until it says its address. One
 * that starts processes of its own is not pinned: they would share its core.
 */
export async function startServer(
  script: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  { isPinned = true } = {},
): Promise<ServerProcess> {
  const [program = '', ...args] = commandOf(script, isPinned);
  const child = spawn(program, args, {
    env: { ...process.env, NODE_ENV: 'production', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await untilReady(child);
  const pid = child.pid ?? 0;
  return {
    url,
    pid,
    cpuMicros: () => cpuMicros(pid),
    residentBytes: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1_024,
    stop: (signal: NodeJS.Signals = 'SIGKILL') =>
      new Promise((resolve) => {
        child.removeAllListeners('exit').on('exit', () => resolve());
        child.kill(signal);
      }),
  };
}

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environment, root } from '../tools/run.ts';

/** A server as an operator runs it: its own process, its own data, the built page. */
export interface ParleyProcess {
  readonly url: string;
  readonly pid: number;
  /** The address of the first start, through which the administrator signs up; absent when there is one already. */
  readonly setupUrl: string | undefined;
  readonly dataDir: string;
  /** Everything it printed. */
  output(): string;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
  /** Ends it as an operator would; resolves with the exit code. */
  stop(): Promise<number>;
}

const SETUP = /http:\/\/\S+\/register\?setup=\S+(?=\n)/;

const ended = (child: ChildProcess): Promise<number> =>
  new Promise((resolve) =>
    child.exitCode === null && child.signalCode === null
      ? child.once('exit', (code) => resolve(code ?? -1))
      : resolve(child.exitCode ?? -1),
  );

/** Starts `parley start`. With `dataDir` and `port`, it goes on where an earlier one ended. */
export async function startParley(
  options: { readonly dataDir?: string; readonly port?: number } = {},
): Promise<ParleyProcess> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'parley-e2e-'));
  const child = spawn(process.execPath, [join(root, 'core/cli/bin/parley.mjs'), 'start'], {
    cwd: root,
    env: environment({ PARLEY_DATA: dataDir, PARLEY_PORT: String(options.port ?? 0) }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const hasAdministrator = options.dataDir !== undefined;
  let output = '';
  const started = new Promise<string>((resolve, reject) => {
    const take = (chunk: Buffer): void => {
      output += chunk.toString();
      const url = /ready at (http:\/\/[\w.:[\]]+)/.exec(output)?.[1];
      if (url && (hasAdministrator || SETUP.test(output))) resolve(url);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.once('exit', (code) => reject(new Error(`parley start ended with ${code}:\n${output}`)));
  });
  const url = await started;
  const setupUrl = SETUP.exec(output)?.[0];
  return {
    url,
    pid: child.pid ?? 0,
    setupUrl,
    dataDir,
    output: () => output,
    kill: async () => {
      child.kill('SIGKILL');
      await ended(child);
    },
    stop: async () => {
      child.kill('SIGTERM');
      return ended(child);
    },
  };
}

/** Removes the data of a server that has ended. */
export const removeData = (server: ParleyProcess): void => rmSync(server.dataDir, { recursive: true, force: true });

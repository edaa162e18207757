import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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

/** How a server is started. */
export interface ParleyOptions {
  /** Data to go on with; fresh ones without it. */
  readonly dataDir?: string;
  /** A free one without it. */
  readonly port?: number;
  /** The text of a config file. */
  readonly config?: string;
}

function writeConfig(dataDir: string, config: string): string {
  const path = join(dataDir, 'parley.config.yaml');
  writeFileSync(path, config);
  return path;
}

/** Starts `parley start`. With `dataDir` and `port`, it goes on where an earlier one ended. */
export async function startParley(options: ParleyOptions = {}): Promise<ParleyProcess> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'parley-e2e-'));
  const configured = options.config === undefined ? {} : { PARLEY_CONFIG: writeConfig(dataDir, options.config) };
  const child = spawn(process.execPath, [join(root, 'core/cli/bin/parley.mjs'), 'start'], {
    cwd: root,
    env: environment({ PARLEY_DATA: dataDir, PARLEY_PORT: String(options.port ?? 0), ...configured }),
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

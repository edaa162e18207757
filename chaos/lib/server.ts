import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { environment, root } from '../../tools/run.ts';

const START_LIMIT_MS = 120_000;

/** A server as an operator runs it, which a scenario may end in any way. */
export interface Server {
  readonly url: string;
  readonly pid: number;
  /** When it said that it is ready, on the clock of `performance.now()`. */
  readonly readyAtMs: number;
  /** Whether the process still runs. */
  isAlive(): boolean;
  /** Everything it printed. */
  output(): string;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
  /** Asks it to end, and resolves with its exit code. */
  stop(): Promise<number>;
}

/** How a server is started. */
export interface ServerOptions {
  readonly dataDir: string;
  readonly port: number;
  /** Lines below `plugins:` of the config file. */
  readonly plugins?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Told each line it prints, while it starts too. */
  readonly onLine?: (line: string, process: { kill(): void }) => void;
}

/** A port that was free a moment ago; a server that is started again keeps it. */
export async function findPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Servers that run; none outlives the harness. */
const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** The process has ended before it was ready. */
export class EndedEarly extends Error {}

const ended = (child: ChildProcess): Promise<number> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode ?? -1);
    else child.once('exit', (code) => resolve(code ?? -1));
  });

function writeConfig({ dataDir, plugins = [] }: ServerOptions): string {
  // Not in the data folder, which may be full.
  const path = `${dataDir}.config.yaml`;
  writeFileSync(path, ['plugins:', ...plugins.map((line) => `  - ${line}`), ''].join('\n'));
  return path;
}

/** Starts `parley start` without the page and waits until it is ready. @throws EndedEarly with what it printed */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { dataDir, port, env = {}, onLine } = options;
  mkdirSync(dataDir, { recursive: true });
  const config = options.plugins === undefined ? {} : { PARLEY_CONFIG: writeConfig(options) };
  const child = spawn(process.execPath, [join(root, 'core/cli/bin/parley.mjs'), 'start', '--no-web'], {
    cwd: root,
    env: environment({ PARLEY_DATA: dataDir, PARLEY_PORT: String(port), PARLEY_LOG: 'warn', ...config, ...env }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  let output = '';
  let rest = '';
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const take = (chunk: Buffer): void => {
    output += chunk.toString();
    const lines = (rest + chunk.toString()).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      onLine?.(line, { kill: () => child.kill('SIGKILL') });
      const url = /ready at (http:\/\/\S+)/.exec(line)?.[1];
      if (url !== undefined) resolve(url);
    }
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  child.once('exit', (code, signal) => reject(new EndedEarly(`the server ended (${signal ?? code}):\n${output}`)));
  const limit = setTimeout(() => reject(new Error(`the server was not ready in time:\n${output}`)), START_LIMIT_MS);
  const url = await promise.catch((error: unknown) => {
    child.kill('SIGKILL');
    throw error;
  });
  clearTimeout(limit);
  const end = async (signal: NodeJS.Signals): Promise<number> => {
    child.kill(signal);
    return ended(child);
  };
  return {
    url,
    pid: child.pid ?? 0,
    readyAtMs: performance.now(),
    isAlive: () => child.exitCode === null && child.signalCode === null,
    output: () => output,
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
  };
}

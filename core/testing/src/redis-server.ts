import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { missingService } from './missing-service.ts';

const START_TIMEOUT_MS = 30_000;

/** A Redis of a test's own, on a free port of 127.0.0.1, which keeps nothing on disk. */
export interface RedisServer {
  readonly port: number;
  readonly url: string;
  /** Sends one command as the words of a line and gives what came back, as Redis wrote it. */
  command(line: string): Promise<string>;
  /** Ends it at once, as a crash would: SIGKILL. */
  kill(): Promise<void>;
  /** Starts it again on the same port, empty. */
  restart(): Promise<void>;
  /** Stands still without closing a connection: SIGSTOP. */
  pause(): void;
  /** Goes on where it stood: SIGCONT. */
  resume(): void;
  stop(): Promise<void>;
}

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** One command over a connection of its own, in the form that people may type. */
function ask(port: number, line: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`${line}\r\n`));
    socket.once('data', (bytes) => {
      resolve(bytes.toString());
      socket.destroy();
    });
    socket.once('error', reject);
    socket.once('close', () => reject(new Error(`Redis closed the connection instead of answering ${line}`)));
  });
}

async function untilReady(port: number, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`redis-server ended with code ${child.exitCode} while it started`);
    const reply = await ask(port, 'PING').catch(() => '');
    if (reply.startsWith('+PONG') || reply.startsWith('-NOAUTH')) return;
    await wait(10);
  }
  throw new Error(`redis-server did not answer within ${START_TIMEOUT_MS} ms`);
}

/**
 * Starts Debian's `redis-server` with `args` after the ones of a test. Its process ends with this one at the latest.
 * @throws KitSkip where there is no `redis-server`, and an Error with REQUIRE_SERVICES=1
 */
export async function startRedisServer(args: readonly string[] = []): Promise<RedisServer> {
  if (spawnSync('redis-server', ['--version']).error !== undefined)
    missingService('there is no redis-server on PATH (Debian: apt-get install redis-server)');
  const port = await freePort();
  let child: ChildProcess;
  const end = () => void child.kill('SIGKILL');
  process.on('exit', end);
  const start = async () => {
    const own = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    child = spawn('redis-server', [...own, ...args], { stdio: 'ignore' });
    await untilReady(port, child);
  };
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  await start();
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    command: (line) => ask(port, line),
    kill,
    restart: async () => {
      await kill();
      await start();
    },
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    stop: async () => {
      process.off('exit', end);
      await kill();
    },
  };
}

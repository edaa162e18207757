import { hostReady } from '@parley/contracts';
import type { Host, HostOptions } from '@parley/kernel';
import { createHostLog } from './log/host-log.ts';
import { readHostOptions } from './read-host-options.ts';
import { startHost } from './start-host.ts';

const DRAIN_SECONDS = 30;
/** Beyond the drain: what closing connections and plugins may take. */
const EXIT_MS = 4_000;
const CRASH_DRAIN_MS = 2_000;

/**
 * Starts a host as a program: settings from the environment and the config file, log and notices on standard output,
 * SIGTERM and SIGINT stop it; running answers get PARLEY_DRAIN_SECONDS (30).
 * Shape of the output: `Parley is ready at <url>`, then `<label>: <text>` for each notice, one per line.
 */
export async function runHost(overrides: Partial<HostOptions> = {}): Promise<Host> {
  const options = { ...(await readHostOptions({ cwd: process.cwd(), env: process.env })), ...overrides };
  const log = createHostLog(options)('host');
  // Whoever read the output may have gone; the server goes on without a listener.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  process.on('unhandledRejection', (error) => log.error('A promise failed that nobody waited for', { error }));
  const host = await startHost(options);
  const leave = createExit(host);
  const drainMs = Number(process.env['PARLEY_DRAIN_SECONDS'] || DRAIN_SECONDS) * 1_000;
  process.on('SIGTERM', () => leave(drainMs, 0));
  process.on('SIGINT', () => leave(drainMs, 0));
  process.on('uncaughtException', (error) => {
    log.error('The process is in an unknown state and stops', { error });
    leave(CRASH_DRAIN_MS, 1);
  });
  await announce(host);
  return host;
}

/** Stops once; a second request to stop, and a stop that takes too long, end the process as it is. */
function createExit(host: Host): (deadlineMs: number, code: 0 | 1) => void {
  let isLeaving = false;
  return (deadlineMs, code) => {
    if (isLeaving) process.exit(130);
    isLeaving = true;
    setTimeout(() => process.exit(1), deadlineMs + EXIT_MS).unref();
    host.stop({ deadlineMs, isCrash: code === 1 }).then(
      () => process.exit(code),
      () => process.exit(1),
    );
  };
}

async function announce({ kernel, url }: Host): Promise<void> {
  process.stdout.write(`Parley is ready at ${url}\n`);
  const notices = await kernel.hook(hostReady).run({ url }, kernel.call());
  for (const { label, text } of notices) process.stdout.write(`${label}: ${text}\n`);
}

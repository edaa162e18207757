import type { Server } from 'node:http';
import { kernelDraining } from '@parley/contracts';
import type { Kernel, Logger } from '@parley/kernel';
import type { Egress } from './egress/create-egress.ts';
import type { Dispatcher } from './http/dispatcher.ts';

const DEADLINE_MS = 30_000;
const CLOSE_MS = 1_000;

/** What is stopped. */
export interface Running {
  readonly kernel: Kernel;
  readonly server: Server;
  readonly dispatcher: Dispatcher;
  readonly egress: Egress;
  readonly log: Logger;
}

/**
 * Stops a host without losing anything: running work first gets `deadlineMs` (30 s), while replies and streams go on;
 * then connections close and the plugins stop. Resolves with the labels of what could not be undone.
 */
export async function stopHost(
  { kernel, server, dispatcher, egress, log }: Running,
  { deadlineMs = DEADLINE_MS }: { readonly deadlineMs?: number } = {},
): Promise<readonly string[]> {
  const deadline = deadlineOf(deadlineMs);
  try {
    await kernel.hook(kernelDraining).run({ deadlineMs }, kernel.call());
    // Plugins that were replaced may still have work of their own time.
    await Promise.race([kernel.drained(), deadline.passed]);
  } catch (error) {
    log.error('Draining failed', { error });
  } finally {
    deadline.cancel();
  }
  dispatcher.close();
  dispatcher.endStreams();
  await closeServer(server);
  const leftovers = await kernel.stop();
  await egress.close();
  return leftovers;
}

function deadlineOf(deadlineMs: number) {
  const { promise: passed, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, deadlineMs);
  return { passed, cancel: () => clearTimeout(timer) };
}

/** Idle connections close at once, busy ones when they are done or after a second. */
async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), CLOSE_MS);
  await closed;
  clearTimeout(timer);
}

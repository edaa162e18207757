import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Id, isAppError, newId } from '@parley/contracts';
import type { Principal } from '@parley/contracts';
import type { Clock, Logger, PluginContext } from '@parley/kernel';
import { nodeEntity } from './entities.ts';
import type { NodeRecord } from './entities.ts';

/** Proof to other processes that this one lives. */
export interface NodeLease {
  /** Id of this life of the plugin. */
  readonly bootId: string;
  start(): Promise<void>;
  /** Ends the lease early, when nothing runs here any more. */
  stop(): Promise<void>;
  /** Whether the runs of a process are nobody's: its lease has passed, or a later process serves its data folder. */
  isDead(bootId: string): Promise<boolean>;
  /** Processes that are known and dead. */
  listDead(): Promise<readonly string[]>;
  /** Forgets a process that is gone; one without a record counts as dead. */
  forget(bootId: string): Promise<void>;
}

const BEAT_MS = 10_000;
const LEASE_MS = 30_000;

/** An id that stays with a data folder. One folder is served by one process at a time. */
async function folderIdOf(dataDir: string): Promise<string> {
  const file = join(dataDir, 'node-id');
  const known = Id.safeParse(await readFile(file, 'utf8').catch(() => undefined));
  if (known.success) return known.data;
  const made = newId();
  await writeFile(file, made, { mode: 0o600 });
  return made;
}

/** What tells this process from every other one on this machine, a later one with the same number included. */
export const ownProcessId = (): string => `${process.pid}@${Math.round(performance.timeOrigin)}`;

/** The lease of this process on its runs. */
export function createNodeLease(deps: {
  readonly ctx: Pick<PluginContext<unknown>, 'store'>;
  readonly system: Principal;
  readonly clock: Clock;
  readonly dataDir: string;
  readonly processId: string;
  readonly log: Pick<Logger, 'warn'>;
}): NodeLease {
  const { ctx, system, clock, dataDir, processId, log } = deps;
  const bootId = newId();
  const nodes = () => ctx.store(nodeEntity, system);
  const leaseUntil = () => new Date(clock.now() + LEASE_MS).toISOString();
  let folderId = '';
  let timer: NodeJS.Timeout | undefined;

  const beat = async (): Promise<void> => {
    try {
      if (await nodes().find(bootId)) await nodes().update(bootId, { leaseUntil: leaseUntil() });
      else await nodes().insert({ id: bootId, folderId, processId, leaseUntil: leaseUntil() });
    } catch (error) {
      log.warn('The lease on running answers could not be renewed; other nodes may end them', { error });
    }
  };
  // Of the same process and folder it may be the life before this one, which still lets its answers end.
  const isStale = (node: NodeRecord): boolean =>
    (node.folderId === folderId && node.processId !== processId) ||
    node.leaseUntil < new Date(clock.now()).toISOString();

  const remove = (id: string): Promise<void> =>
    nodes()
      .delete(id)
      .catch((error: unknown) => {
        if (!isAppError(error, 'STORAGE_NOT_FOUND')) throw error;
      });

  return {
    bootId,
    async start() {
      folderId = await folderIdOf(dataDir);
      await nodes().insert({ id: bootId, folderId, processId, leaseUntil: leaseUntil() });
      timer = setInterval(() => void beat(), BEAT_MS).unref();
    },
    async stop() {
      clearInterval(timer);
      await remove(bootId);
    },
    async isDead(other) {
      if (other === bootId) return false;
      const node = await nodes().find(other);
      return node === undefined || isStale(node);
    },
    async listDead() {
      const { items } = await nodes().list({ limit: 1_000 });
      return items.filter((node) => node.id !== bootId && isStale(node)).map((node) => node.id);
    },
    forget: (other) => remove(other),
  };
}

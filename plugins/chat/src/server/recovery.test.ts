import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createPrincipal, newId, storageErrors } from '@parley/contracts';
import type { AnyEntity } from '@parley/contracts';
import type { PluginContext } from '@parley/kernel';
import { createDoorbell } from './doorbell.ts';
import { createNodeLease } from './node-lease.ts';
import type { NodeLease } from './node-lease.ts';
import type { JournalReader } from './journal-reader.ts';
import { createRecovery } from './recovery.ts';

type Fields = Record<string, unknown> & { readonly id: string };

/** The records two nodes share. */
const createShared = () => {
  const tables = new Map<string, Map<string, Fields>>();
  const tableOf = ({ name }: AnyEntity) => {
    const table = tables.get(name) ?? new Map<string, Fields>();
    tables.set(name, table);
    return table;
  };
  const storeOf = (entity: AnyEntity) => {
    const table = tableOf(entity);
    return {
      find: async (id: string) => table.get(id),
      insert: async (record: Fields) => void table.set(record.id, record),
      update: async (id: string, patch: object) => void table.set(id, { ...(table.get(id) ?? { id }), ...patch }),
      delete: async (id: string) => {
        if (!table.delete(id)) throw storageErrors.NOT_FOUND({ entity: entity.name, id });
      },
      count: async ({ bootId }: { bootId: string }) =>
        [...table.values()].filter((record) => record['bootId'] === bootId).length,
      list: async ({ where = {} }: { where?: { bootId?: { not: string } } }) => ({
        items: [...table.values()].filter((record) => !where.bootId || record['bootId'] !== where.bootId.not),
      }),
    };
  };
  return {
    store: storeOf as unknown as PluginContext<unknown>['store'],
    table: (name: string) => tableOf({ name } as AnyEntity),
  };
};

const system = createPrincipal({ kind: 'system', id: 'chat' });
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const said = {
  firstSeq: 2,
  lastSeq: 3,
  text: '{"type":"part-start","seq":2,"index":0,"part":{"type":"text","text":""}}\n0"shown"',
};
const journals: Pick<JournalReader, 'close' | 'remove'> = {
  close: (bootId, runs) => {
    return Promise.resolve({ journalIds: [`${bootId}.1`], said: new Map(runs.map(({ id }) => [id, [said]])) });
  },
  remove: (journalIds) => Promise.resolve(void removed.push(...journalIds)),
};
let removed: string[];

let folders: string[];
let now: number;
let shared: ReturnType<typeof createShared>;
let leases: NodeLease[];
let ended: { id: string; state: string; text: unknown }[];

beforeEach(async () => {
  folders = await Promise.all([1, 2].map(() => mkdtemp(join(tmpdir(), 'parley-lease-'))));
  now = Date.parse('2026-01-01T00:00:00Z');
  shared = createShared();
  leases = [];
  ended = [];
  removed = [];
});
afterEach(async () => {
  for (const lease of leases) await lease.stop();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

/** A process that serves data folder 0 or 1; a new one each time unless its id is given. */
const boot = async (folder: 0 | 1, processId: string = newId()) => {
  const clock = { now: () => now };
  const dataDir = folders[folder] ?? '';
  const lease = createNodeLease({ ctx: shared, system, clock, dataDir, processId, log: quiet });
  await lease.start();
  leases.push(lease);
  const recovery = createRecovery({
    ctx: shared,
    system,
    clock,
    log: quiet,
    lease,
    journals,
    endRun: async ({ id, recorder }, outcome) => {
      const [part] = recorder.fold.parts({ isOver: true });
      ended.push({ id, state: outcome.state, text: part && 'text' in part ? part.text : undefined });
      shared.table('active-run').delete(id);
      return undefined;
    },
    doorbell: createDoorbell(),
    call: () => ({ principal: system, signal: new AbortController().signal, requestId: 'r', locale: 'en' }),
  });
  const begin = () => {
    const id = newId();
    shared.table('active-run').set(id, { id, ownerId: 'ann', bootId: lease.bootId });
    shared.table('run').set(id, { id, conversationId: 'c', messageId: 'm', userMessageId: 'u', model: 'p/m' });
    return id;
  };
  return { lease, recovery, begin };
};

describe('recovery', () => {
  it('ends the runs of an earlier process of the same data folder at once, with what was shown', async () => {
    const runId = (await boot(0)).begin();
    const restarted = await boot(0);
    expect(await restarted.recovery.sweep()).toBe(1);
    expect(ended).toEqual([{ id: runId, state: 'interrupted', text: 'shown' }]);
    expect(await restarted.recovery.sweep()).toBe(0);
  });

  it('leaves the runs of a living node alone, and its own', async () => {
    const [one, two] = [await boot(0), await boot(1)];
    one.begin();
    two.begin();
    expect([await one.recovery.sweep(), await two.recovery.sweep()]).toEqual([0, 0]);
  });

  it('leaves the runs of its earlier life in the same process alone while that ends them', async () => {
    const earlier = await boot(0, 'same');
    earlier.begin();
    const later = await boot(0, 'same');
    expect(await later.recovery.sweep()).toBe(0);
    await earlier.lease.stop();
    expect(await later.recovery.sweep()).toBe(1);
  });

  it('ends the runs of another node once its lease has passed', async () => {
    const runId = (await boot(0)).begin();
    const other = await boot(1);
    now += 29_999;
    expect(await other.recovery.sweep()).toBe(0);
    now += 2;
    expect(await other.recovery.sweep()).toBe(1);
    expect(ended).toMatchObject([{ id: runId }]);
  });

  it('forgets nodes that are gone', async () => {
    await boot(0);
    const restarted = await boot(0);
    await restarted.recovery.sweep();
    expect([...shared.table('node').keys()]).toEqual([restarted.lease.bootId]);
    expect(removed).toHaveLength(1);
  });

  it('goes on with the other runs when one can not be ended', async () => {
    const first = await boot(0);
    const broken = first.begin();
    first.begin();
    const restarted = await boot(0);
    const failing = createRecovery({
      ctx: shared,
      system,
      clock: { now: () => now },
      log: quiet,
      lease: restarted.lease,
      journals,
      endRun: ({ id }) => (id === broken ? Promise.reject(storageErrors.UNAVAILABLE()) : Promise.resolve(undefined)),
      doorbell: createDoorbell(),
      call: () => ({ principal: system, signal: new AbortController().signal, requestId: 'r', locale: 'en' }),
    });
    expect(await failing.sweep()).toBe(1);
    expect([removed, shared.table('node').size]).toEqual([[], 2]);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createPrincipal, newId, storageErrors } from '@parley/contracts';
import type { SystemPrincipal } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import type { PluginContext } from '@parley/kernel';
import storageSqlite from '@parley/plugin-storage-sqlite/server';
import { startTestHost } from '@parley/testing';
import type { TestHost } from '@parley/testing';
import { createDoorbell } from './doorbell.ts';
import { createEndRun } from './end-run.ts';
import { activeRunEntity, journalEntity, logEntity, nodeEntity, runEntity, toStart } from './entities.ts';
import { encodeEntry } from './journal-encoding.ts';
import { createJournalReader } from './journal-reader.ts';
import { createJournal } from './journal.ts';
import type { Journal, JournalHold } from './journal.ts';
import { toEvents } from './log-encoding.ts';
import { createRecovery } from './recovery.ts';
import { RunRecorder } from './run-recorder.ts';
import { createSealedLogs } from './sealed-log.ts';

let host: TestHost;
let ctx: PluginContext<unknown>;
let system: SystemPrincipal;

const clock = { now: () => Date.now() };
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** The records of the plugin in a real database, without the plugin. */
const records = definePlugin({
  id: 'chat',
  version: '1.0.0',
  kernel: '^1.0.0',
  entities: [runEntity, activeRunEntity, journalEntity, logEntity, nodeEntity],
  setup(own) {
    ctx = own;
    system = own.system;
  },
});

beforeAll(async () => {
  host = await startTestHost({ plugins: [storageSqlite, records] });
});
afterAll(async () => void (await host.stop()));

let bootId: string;
let journal: Journal;
beforeEach(() => {
  bootId = newId();
  journal = createJournal({ ctx, system, clock, bootId });
});

const reader = () => createJournalReader({ ctx, system, clock });
const countOf = (journalId: string) => ctx.store(journalEntity, system).count({ journalId });
const textsOf = (events: ReturnType<typeof toEvents>) =>
  events.map((event) => (event.type === 'part-delta' && 'text' in event ? event.text : '')).join('');

/** A run of the journal's process as far as records go. */
const begin = async () => {
  const hold = journal.hold();
  const ids = { conversationId: newId(), userMessageId: newId(), messageId: newId() };
  const run = await ctx.store(runEntity, system).insert({
    ...ids,
    ownerId: 'ann',
    model: 'p/m',
    state: 'running',
    idempotencyKey: newId(),
    requestHash: '',
  });
  const active = await ctx.store(activeRunEntity, system).insert({
    id: run.id,
    ownerId: 'ann',
    conversationId: run.conversationId,
    branch: newId(),
    bootId,
    journalId: hold.journalId,
    journalFrom: hold.from,
    isStopRequested: false,
  });
  return { id: run.id, ownerId: 'ann', active, hold, recorder: new RunRecorder(() => 0, [toStart(run)]) };
};
type TestRun = Awaited<ReturnType<typeof begin>>;

const say = async (runs: readonly Pick<TestRun, 'id' | 'recorder'>[], text: string): Promise<boolean> => {
  let entries = '';
  for (const { id, recorder } of runs) {
    recorder.append('text', text);
    const chunk = recorder.take();
    if (chunk) entries += encodeEntry(id, chunk);
  }
  return journal.append(entries, 'relaxed');
};

describe('a journal', () => {
  it('stays short while many answers come and go, and is empty when all have ended', async () => {
    const holds: JournalHold[] = [];
    for (let round = 0; round < 300; round += 1) {
      holds.push(journal.hold());
      await journal.append(encodeEntry(newId(), { firstSeq: 2, lastSeq: 2, text: '0"x"' }), 'relaxed');
      if (holds.length > 20) holds.shift()?.[Symbol.dispose]();
      if (round % 50 === 49) {
        await journal.prune();
        expect(await countOf(journal.id)).toBeLessThanOrEqual(20);
      }
    }
    for (const hold of holds) hold[Symbol.dispose]();
    await journal.prune();
    expect(await countOf(journal.id)).toBe(0);
  });

  it('keeps everything since a run began for as long as it runs', async () => {
    const run = await begin();
    await say([run], 'first ');
    for (let round = 0; round < 150; round += 1) await journal.append('', 'relaxed');
    await say([run], 'last');
    await journal.prune();
    const tail = reader().tail(run.active);
    const first = await tail.read(1);
    const last = await tail.read(first?.lastSeq ?? 0);
    expect(first?.frames).toContain('first');
    expect(last?.frames).toContain('last');
  });

  it('takes a commit that failed but came through for written', async () => {
    const real = ctx.store(journalEntity, system);
    let isFirst = true;
    const insert: typeof real.insert = async (record) => {
      const inserted = await real.insert(record);
      if (!isFirst) return inserted;
      isFirst = false;
      throw storageErrors.UNAVAILABLE();
    };
    const store = () => ({ ...real, insert });
    const shaky = createJournal({ ctx: { ...ctx, store } as never, system, clock, bootId });
    await expect(shaky.append('\n=a 2\n0"x"', 'relaxed')).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    expect(await shaky.append('\n=a 2\n0"x"', 'relaxed')).toBe(true);
    expect(await shaky.append('\n=a 3\n0"y"', 'relaxed')).toBe(true);
    expect(await countOf(shaky.id)).toBe(2);
  });

  it.each([
    ['before its first word', 0],
    ['in the middle', 3],
  ])('shows nobody what a process says that was taken for dead %s', async (_when, words) => {
    const run = await begin();
    for (let word = 0; word < words; word += 1) await say([run], `${word} `);
    const { said } = await reader().close(bootId, [run.active]);
    expect(await say([run], 'said by a zombie')).toBe(false);
    const tail = await reader().tail(run.active).read(1);
    expect(tail?.frames ?? '').not.toContain('zombie');
    expect(tail?.lastSeq).toBe(toEvents(said.get(run.id) ?? [], 1).at(-1)?.seq);
  });

  it('begins anew for what a process starts after that', async () => {
    const before = await begin();
    await reader().close(bootId, [before.active]);
    expect(await say([before], 'x')).toBe(false);
    const after = await begin();
    expect(after.hold.journalId).not.toBe(before.hold.journalId);
    expect(await say([after], 'y')).toBe(true);
    expect((await reader().tail(after.active).read(1))?.frames).toContain('"y"');
  });

  it('closes between any two words, and then both sides know the same', async () => {
    const run = await begin();
    let spoken = '';
    const speaking = (async () => {
      for (let word = 0; ; word += 1) {
        if (!(await say([run], `${word} `))) return;
        spoken += `${word} `;
      }
    })();
    await reader().tail(run.active).read(1);
    const { said } = await reader().close(bootId, [run.active]);
    await speaking;
    expect(textsOf(toEvents(said.get(run.id) ?? [], 1))).toBe(spoken);
  });
});

describe('recovery from a journal', () => {
  const saved: { id: string; text: string }[] = [];
  beforeEach(() => void saved.splice(0));

  /** Another process. It dies when it is to save the message of run `deadly`. */
  const nextProcess = (deadly?: string) => {
    const own = newId();
    const sealedLogs = createSealedLogs({ ctx, system, clock, retentionMs: 60_000 });
    const call = () => ({
      principal: createPrincipal({ kind: 'system', id: 'chat' }),
      signal: new AbortController().signal,
      requestId: 'r',
      locale: 'en',
    });
    const conversations = {
      announce: async () => undefined,
      finish: async ({ id, parts }: { id: string; parts: readonly { text?: string }[] }) => {
        if (id === deadly) throw new Error('killed');
        saved.push({ id, text: parts.map((part) => part.text ?? '').join('') });
      },
    };
    const endRun = createEndRun({
      ctx,
      system,
      clock,
      log: quiet,
      signal: new AbortController().signal,
      sealedLogs,
      conversations: conversations as never,
      events: { publish: async () => undefined, publishToAll: async () => undefined },
      finished: { run: async () => undefined },
      call,
    });
    const forgotten: string[] = [];
    const lease = {
      bootId: own,
      start: async () => undefined,
      stop: async () => undefined,
      isDead: async (other: string) => other === bootId,
      listDead: async () => [bootId],
      forget: async (other: string) => void forgotten.push(other),
    };
    const doorbell = createDoorbell();
    const recovery = createRecovery({
      ctx,
      system,
      clock,
      log: quiet,
      lease,
      journals: reader(),
      endRun,
      doorbell,
      call,
    });
    return { recovery, sealedLogs, endRun, forgotten };
  };
  const messageOf = async (run: TestRun) => (await ctx.store(runEntity, system).get(run.id)).messageId;

  it('may be killed half-way and repeated, and ends every run once with all that was shown', async () => {
    const runs = [await begin(), await begin(), await begin()];
    await say(runs, 'one ');
    await say(runs.slice(1), 'two ');
    const [first, second] = runs;
    const killed = nextProcess(second && (await messageOf(second)));
    expect(await killed.recovery.sweep()).toBe(2);
    expect([await countOf(journal.id), killed.forgotten]).toEqual([3, []]);
    const next = nextProcess();
    expect(await next.recovery.sweep()).toBe(1);
    expect([await countOf(journal.id), next.forgotten]).toEqual([1, [bootId]]);
    expect(await next.recovery.sweep()).toBe(0);
    const texts = Object.fromEntries(saved.map(({ id, text }) => [id, text]));
    expect(saved).toHaveLength(3);
    for (const run of runs) {
      const text = run === first ? 'one ' : 'one two ';
      expect(texts[await messageOf(run)]).toBe(text);
      const log = await next.sealedLogs.read({ runId: run.id, ownerId: 'ann' }, 0);
      expect(log).toMatchObject({ isEnd: true, lastSeq: (await ctx.store(runEntity, system).get(run.id)).lastSeq });
      expect(log?.frames).toContain('event: run-start');
    }
  });

  it('ends runs that had said nothing', async () => {
    const run = await begin();
    const { recovery, sealedLogs } = nextProcess();
    expect(await recovery.sweep()).toBe(1);
    expect(await sealedLogs.read({ runId: run.id, ownerId: 'ann' }, 0)).toMatchObject({ lastSeq: 2, isEnd: true });
  });

  it('lets the first seal count, and seals at least what was shown', async () => {
    for (const winner of ['zombie', 'recovery'] as const) {
      const run = await begin();
      await say([run], 'shown');
      const { endRun, recovery, sealedLogs } = nextProcess();
      run.recorder.append('text', ' and not shown');
      const outcome = { state: 'completed' as const };
      if (winner === 'zombie') expect(await endRun(run, outcome)).toBeDefined();
      await recovery.sweep();
      if (winner === 'recovery') expect(await endRun(run, outcome)).toBeUndefined();
      const log = await sealedLogs.read({ runId: run.id, ownerId: 'ann' }, 0);
      expect(log?.frames).toContain('shown');
      expect(log?.frames.includes('not shown')).toBe(winner === 'zombie');
      expect(log?.frames.match(/run-end/g)).toHaveLength(2);
      journal = createJournal({ ctx, system, clock, bootId: (bootId = newId()) });
    }
  });

  it('seals a log of several records, each a stretch of it', async () => {
    const run = await begin();
    for (let word = 0; word < 40; word += 1) await say([run], `${word}`.padEnd(20_000, '.'));
    const { recovery, sealedLogs } = nextProcess();
    await recovery.sweep();
    expect(await ctx.store(logEntity, system).count({ runId: run.id })).toBeGreaterThan(2);
    const { lastSeq = 0 } = await ctx.store(runEntity, system).get(run.id);
    let position = 0;
    while (position < lastSeq) {
      const frames = await sealedLogs.read({ runId: run.id, ownerId: 'ann' }, position);
      expect(frames?.frames.startsWith(`id: ${position + 1}\n`)).toBe(true);
      position = frames?.lastSeq ?? Infinity;
    }
    expect(position).toBe(lastSeq);
  });
});

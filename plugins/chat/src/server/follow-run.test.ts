import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { anonymous, isFinal, newId } from '@parley/contracts';
import type { Message, RunEvent, SseFrames } from '@parley/contracts';
import * as fc from 'fast-check';
import { createDoorbell } from './doorbell.ts';
import { toStart } from './entities.ts';
import type { RunRecord } from './entities.ts';
import { followRun } from './follow-run.ts';
import type { FollowDeps } from './follow-run.ts';
import { LiveRun } from './live-run.ts';
import { toFrames } from './log-encoding.ts';
import type { LogChunk } from './log-encoding.ts';
import { MessageFold } from './message-fold.ts';

const at = '2026-01-01T00:00:00.000Z';
const record = (fields: Partial<RunRecord> = {}): RunRecord => ({
  id: 'run',
  tenantId: 'default',
  ownerId: 'ann',
  createdAt: at,
  updatedAt: at,
  rev: 1,
  conversationId: newId(),
  userMessageId: newId(),
  messageId: newId(),
  model: 'p/m',
  state: 'running',
  idempotencyKey: newId(),
  requestHash: '',
  ...fields,
});

const createRun = () => {
  const refuse = () => {
    throw new Error('unused');
  };
  const call = { principal: anonymous, requestId: 'r', locale: 'en' };
  const pin = { hook: refuse, live: refuse, [Symbol.dispose]: () => undefined };
  const hold = { journalId: 'boot.1', from: 1, [Symbol.dispose]: () => undefined };
  const ids = { id: 'run', ownerId: 'ann', conversationId: 'c', userMessageId: 'u', messageId: 'm' };
  return new LiveRun({ ...ids, model: 'p/m', parameters: {}, builtInTools: [], call, pin, hold }, () => 0, [
    toStart(record()),
  ]);
};

/** One run with its log in memory, as a process that writes it and any number that read it see it. */
const createWorld = () => {
  const journal: LogChunk[] = [];
  let sealed: readonly LogChunk[] = [];
  const doorbell = createDoorbell();
  const run = createRun();
  let stored = record();
  const commit = () => {
    const chunk = run.recorder.take();
    if (!chunk) return;
    journal.push(chunk);
    run.commit(chunk);
    doorbell.ring('run');
  };
  const end = () => {
    run.recorder.closePart();
    run.recorder.add({ type: 'run-end', state: 'completed' });
    const chunk = run.recorder.take();
    sealed = run.recorder.memory.chunks(20);
    stored = record({ state: 'completed', lastSeq: run.recorder.seq, endedAt: at });
    if (chunk) run.commit(chunk);
    run.markEnded();
    doorbell.ring('run');
  };
  /** Forgets the older half of the journal, as its owner does once the run has ended. */
  const prune = () => void journal.splice(0, Math.ceil(journal.length / 2));
  const tail = () => {
    let next = 0;
    return {
      read: async (after: number) => {
        await nextTurn();
        const chunks = journal.filter((chunk) => chunk.firstSeq >= next);
        next = (chunks.at(-1)?.lastSeq ?? next - 1) + 1;
        return toFrames(chunks, after);
      },
    };
  };
  const deps = (where: 'owner' | 'other', changes: Partial<FollowDeps> = {}): FollowDeps => ({
    sealedLogs: {
      read: async (_of, after) => {
        await nextTurn();
        const chunk = sealed.find(({ lastSeq }) => lastSeq > after);
        return chunk && toFrames([chunk], after);
      },
    },
    doorbell,
    findLive: () => (where === 'owner' ? run : undefined),
    findTail: () => Promise.resolve(isFinal(stored.state) ? undefined : tail()),
    findRun: () => Promise.resolve(stored),
    findMessage: () => Promise.resolve(undefined),
    isLogExpired: () => false,
    pollMs: 5,
    ...changes,
  });
  return { run, commit, end, prune, deps, stored: () => stored };
};

const eventsOf = ({ sseFrames }: SseFrames): RunEvent[] =>
  sseFrames
    .split('\n\n')
    .filter((frame) => frame !== '')
    .map((frame) => {
      const [id = '', name = '', data = ''] = frame.split('\n');
      const event = JSON.parse(data.slice('data: '.length)) as RunEvent;
      expect([id, name]).toEqual([`id: ${event.seq}`, `event: ${event.type}`]);
      return event;
    });

const readAll = async (frames: AsyncIterable<SseFrames>): Promise<RunEvent[]> => {
  const events: RunEvent[] = [];
  for await (const chunk of frames) events.push(...eventsOf(chunk));
  return events;
};

/** A reader whose connection is cut: it keeps `kept` events of the `chunks`-th chunk and comes back with its position. */
async function readWithCuts(
  deps: FollowDeps,
  run: RunRecord,
  cuts: readonly { readonly chunks: number; readonly kept: number }[],
): Promise<RunEvent[]> {
  const seen: RunEvent[] = [];
  for (const cut of [...cuts, { chunks: Infinity, kept: 0 }]) {
    const leaving = new AbortController();
    const after = seen.at(-1)?.seq ?? 0;
    let chunks = 0;
    for await (const chunk of followRun(deps, { run, ownerId: 'ann', after, signal: leaving.signal })) {
      const events = eventsOf(chunk);
      if (chunks++ < cut.chunks) {
        seen.push(...events);
      } else {
        seen.push(...events.slice(0, cut.kept));
        break;
      }
    }
    leaving.abort();
    if (seen.at(-1)?.type === 'run-end') break;
  }
  return seen;
}

const said = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.tuple(fc.constantFrom('text' as const, 'reasoning' as const), fc.string()) },
    { weight: 2, arbitrary: fc.constant(['commit', ''] as const) },
    { weight: 2, arbitrary: fc.constant(['wait', ''] as const) },
  ),
  { maxLength: 40 },
);
const cuts = fc.array(fc.record({ chunks: fc.nat({ max: 3 }), kept: fc.nat({ max: 3 }) }), { maxLength: 4 });

describe('followRun', () => {
  it('gives every reader each event once and in order, however it is cut, and the events make the message', async () => {
    await fc.assert(
      fc.asyncProperty(said, cuts, cuts, async (words, ownerCuts, otherCuts) => {
        const world = createWorld();
        const reading = [
          readWithCuts(world.deps('owner'), world.stored(), []),
          readWithCuts(world.deps('owner'), world.stored(), ownerCuts),
          readWithCuts(world.deps('other'), world.stored(), otherCuts),
        ];
        for (const [kind, text] of words) {
          if (kind === 'commit') world.commit();
          else if (kind === 'wait') await nextTurn();
          else world.run.recorder.append(kind, text);
        }
        world.end();
        world.prune();
        for (const events of await Promise.all(reading)) {
          expect(events.map((event) => event.seq)).toEqual(events.map((_event, index) => index + 1));
          expect(events.at(-1)).toMatchObject({ type: 'run-end', seq: world.run.recorder.seq });
          const fold = new MessageFold();
          for (const event of events) fold.apply(event);
          expect(fold.parts({ isOver: true })).toEqual(world.run.recorder.fold.parts({ isOver: true }));
        }
      }),
      { numRuns: 150 },
    );
  });

  it('makes frames once for all readers that keep up', async () => {
    const world = createWorld();
    const signal = new AbortController().signal;
    const readers = [1, 2].map(() =>
      followRun(world.deps('owner'), { run: world.stored(), ownerId: 'ann', after: 0, signal }),
    );
    const next = readers.map((reader) => reader.next());
    await nextTurn();
    world.run.recorder.append('text', 'a');
    world.commit();
    const [first, second] = await Promise.all(next);
    expect(first?.value.sseFrames).toBe(second?.value.sseFrames);
    await Promise.all(readers.map((reader) => reader.return(undefined)));
    expect(world.run.framesAfter(0)).toBeUndefined();
  });

  it('keeps nothing for a run that nobody reads', () => {
    const world = createWorld();
    world.run.recorder.append('text', 'a');
    world.commit();
    expect(world.run.framesAfter(0)).toBeUndefined();
  });

  it('lets a reader that leaves go at once, also while it waits', async () => {
    const world = createWorld();
    const leaving = new AbortController();
    const reader = followRun(world.deps('owner'), {
      run: world.stored(),
      ownerId: 'ann',
      after: 0,
      signal: leaving.signal,
    });
    await reader.next();
    const next = reader.next();
    await nextTurn();
    leaving.abort();
    expect(await next).toMatchObject({ done: true });
  });

  it('looks by itself when no bell rings', async () => {
    const world = createWorld();
    const deps = world.deps('other', { doorbell: createDoorbell() });
    const reading = readAll(
      followRun(deps, { run: world.stored(), ownerId: 'ann', after: 0, signal: new AbortController().signal }),
    );
    world.run.recorder.append('text', 'a');
    world.end();
    expect((await reading).at(-1)?.type).toBe('run-end');
  });

  it('sends the message instead of a log that is no longer kept', async () => {
    const world = createWorld();
    world.end();
    const message: Message = {
      id: newId(),
      conversationId: newId(),
      role: 'assistant',
      parts: [{ type: 'text', text: 'all of it' }],
      state: 'complete',
      createdAt: at,
    };
    const run = record({ state: 'completed', lastSeq: 9, endedAt: at });
    const deps = world.deps('other', {
      findRun: () => Promise.resolve(run),
      findMessage: () => Promise.resolve(message),
      isLogExpired: () => true,
      sealedLogs: { read: () => Promise.resolve(undefined) },
    });
    const events = await readAll(
      followRun(deps, { run, ownerId: 'ann', after: 3, signal: new AbortController().signal }),
    );
    expect(events).toEqual([
      { type: 'snapshot', seq: 8, message },
      { type: 'run-end', seq: 9, state: 'completed' },
    ]);
  });

  it('does not step over a hole in the log', () => {
    const chunk = (firstSeq: number) => ({ firstSeq, lastSeq: firstSeq, text: `{"type":"notice","seq":${firstSeq}}` });
    expect(toFrames([chunk(1), chunk(3)], 0)).toMatchObject({ lastSeq: 1 });
    expect(toFrames([chunk(3)], 1)).toBeUndefined();
  });
});

import { EventEmitter } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { anonymous, storageErrors } from '@parley/contracts';
import type { Durability } from '@parley/contracts';
import { LiveRun } from './live-run.ts';
import { createLogWriter } from './log-writer.ts';
import type { NewLogRow } from './run-log.ts';

const createRun = (id: string) => {
  const call = { principal: anonymous, requestId: 'r', locale: 'en' };
  const pin = {
    hook: () => {
      throw new Error('unused');
    },
    live: () => {
      throw new Error('unused');
    },
    [Symbol.dispose]: () => undefined,
  };
  const ids = { id, ownerId: 'o', conversationId: 'c', userMessageId: 'u', messageId: 'm' };
  return new LiveRun({ ...ids, model: 'p/m', parameters: {}, call, pin }, () => 0, []);
};

interface Commit {
  readonly rows: readonly NewLogRow[];
  readonly durability: Durability;
  readonly done: () => void;
  readonly fail: (error: unknown) => void;
}

const start = () => {
  const began = new EventEmitter();
  const commits: Commit[] = [];
  const told: string[][] = [];
  const lost: string[] = [];
  const errors: string[] = [];
  const stored = new Set<NewLogRow>();
  const writer = createLogWriter({
    runLog: {
      toRow: ({ runId, ownerId }, { firstSeq, lastSeq, lines }) => ({
        runId,
        ownerId,
        firstSeq,
        lastSeq,
        events: lines.join('\n'),
        keepUntil: '',
      }),
      append: (rows, durability) =>
        new Promise((done, fail) => {
          commits.push({ rows, durability, done, fail });
          began.emit('commit');
        }),
      holds: (row) => Promise.resolve(stored.has(row)),
    },
    log: { error: (message) => errors.push(message), warn: (message) => errors.push(message) },
    signal: new AbortController().signal,
    onCommit: (runs) => told.push(runs.map((run) => run.id)),
    onLost: (run) => lost.push(run.id),
  });
  const say = (run: LiveRun, text: string) => {
    run.recorder.append('text', text);
    writer.mark(run);
  };
  const commit = (at: number): Promise<Commit> =>
    new Promise((resolve) => {
      const look = () => {
        const found = commits[at];
        if (!found) return;
        began.off('commit', look);
        resolve(found);
      };
      began.on('commit', look);
      look();
    });
  return { writer, say, commit, commits, told, lost, errors, stored };
};

describe('createLogWriter', () => {
  it('writes what all runs said in one commit', async () => {
    const { say, commit } = start();
    const [a, b] = [createRun('a'), createRun('b')];
    say(a, 'one');
    say(b, 'two');
    say(a, ' three');
    const { rows } = await commit(0);
    expect(rows.map((row) => row.runId)).toEqual(['a', 'b']);
    expect(rows[0]?.events).toContain('"text":"one three"');
  });

  it('gathers what comes during a commit for the next one', async () => {
    const { say, commit, commits } = start();
    const a = createRun('a');
    say(a, '1');
    const first = await commit(0);
    say(a, '2');
    say(a, '3');
    await nextTurn();
    expect(commits).toHaveLength(1);
    first.done();
    expect((await commit(1)).rows[0]?.events).toContain('"text":"23"');
  });

  it('shows readers nothing before it is durable', async () => {
    const { say, commit, told } = start();
    const a = createRun('a');
    say(a, 'x');
    const { done } = await commit(0);
    expect([a.durableSeq, told]).toEqual([0, []]);
    done();
    await nextTurn();
    expect([a.durableSeq, told]).toEqual([2, [['a']]]);
  });

  it('makes a barrier survive a loss of power, and other commits about once a second', async () => {
    const { writer, say, commit } = start();
    const a = createRun('a');
    say(a, '1');
    (await commit(0)).done();
    say(a, '2');
    const second = await commit(1);
    second.done();
    await nextTurn();
    a.recorder.addToolCall({ callId: 'c', name: 'search', input: {} });
    writer.mark(a, { isBarrier: true });
    const third = await commit(2);
    expect([second.durability, third.durability]).toEqual(['relaxed', 'full']);
  });

  it('keeps the text and the order through a failing disk', async () => {
    const { say, commit, errors } = start();
    const a = createRun('a');
    say(a, '1');
    const first = await commit(0);
    first.fail(storageErrors.FULL());
    await nextTurn();
    say(a, '2');
    const again = await commit(1);
    expect(again.rows).toEqual(first.rows);
    again.done();
    expect((await commit(2)).rows[0]?.firstSeq).toBe(3);
    expect(errors).toHaveLength(1);
  });

  it('gives up only the run that another process has continued', async () => {
    const { say, commit, lost, told } = start();
    const [mine, taken] = [createRun('mine'), createRun('taken')];
    say(taken, 'x');
    say(mine, 'y');
    (await commit(0)).fail(storageErrors.DUPLICATE({ entity: 'log' }));
    (await commit(1)).fail(storageErrors.DUPLICATE({ entity: 'log' }));
    (await commit(2)).done();
    await nextTurn();
    expect([lost, told]).toEqual([['taken'], [['mine']]]);
  });

  it('takes a row that is stored already for written', async () => {
    const { say, commit, lost, told, stored } = start();
    const a = createRun('a');
    say(a, 'x');
    const first = await commit(0);
    for (const row of first.rows) stored.add(row);
    first.fail(storageErrors.DUPLICATE({ entity: 'log' }));
    (await commit(1)).fail(storageErrors.DUPLICATE({ entity: 'log' }));
    await nextTurn();
    expect([lost, told]).toEqual([[], [['a']]]);
  });

  it('leaves to the end of a run what it has not written yet', async () => {
    const { writer, say, commit, commits } = start();
    const a = createRun('a');
    say(a, '1');
    const { done } = await commit(0);
    say(a, '2');
    const released = writer.release(a);
    done();
    await released;
    await nextTurn();
    expect(commits).toHaveLength(1);
    expect(a.recorder.take()?.lines).toHaveLength(1);
  });

  it('lets a provider that is ahead go on once its text is taken', async () => {
    const { writer, say, commit } = start();
    const a = createRun('a');
    say(a, '1');
    const first = await commit(0);
    say(a, '2');
    let mayGoOn = false;
    const wait = async () => {
      await writer.roomFor(a);
      mayGoOn = true;
    };
    const waiting = wait();
    await nextTurn();
    expect(mayGoOn).toBe(false);
    first.done();
    await waiting;
    expect(a.recorder.pendingLength).toBe(0);
  });
});

import { EventEmitter } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { anonymous, storageErrors } from '@parley/contracts';
import type { Durability } from '@parley/contracts';
import { LiveRun } from './live-run.ts';
import { decodeEntries } from './journal-encoding.ts';
import { createLogWriter } from './log-writer.ts';

const createRun = (id: string, journalId = 'boot.1') => {
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
  const hold = { journalId, from: 1, [Symbol.dispose]: () => undefined };
  const ids = { id, ownerId: 'o', conversationId: 'c', userMessageId: 'u', messageId: 'm' };
  return new LiveRun({ ...ids, model: 'p/m', parameters: {}, builtInTools: [], call, pin, hold }, () => 0, []);
};

interface Commit {
  readonly entries: string;
  /** What was said, by run. */
  readonly said: Readonly<Record<string, string>>;
  readonly durability: Durability;
  readonly done: () => void;
  /** Another process closed the journal. */
  readonly close: () => void;
  readonly fail: (error: unknown) => void;
}

const start = () => {
  const began = new EventEmitter();
  const commits: Commit[] = [];
  const told: string[][] = [];
  const lost: string[] = [];
  const errors: string[] = [];
  let journalId = 'boot.1';
  const writer = createLogWriter({
    journal: {
      get id() {
        return journalId;
      },
      append: (entries, durability) =>
        new Promise((resolve, fail) => {
          const said = Object.fromEntries(decodeEntries(entries).map(([runId, { text }]) => [runId, text]));
          const close = () => {
            journalId = 'boot.2';
            resolve(false);
          };
          commits.push({ entries, said, durability, done: () => resolve(true), close, fail });
          began.emit('commit');
        }),
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
  return { writer, say, commit, commits, told, lost, errors };
};

describe('createLogWriter', () => {
  it('writes what all runs said in one commit', async () => {
    const { say, commit } = start();
    const [a, b] = [createRun('a'), createRun('b')];
    say(a, 'one');
    say(b, 'two');
    say(a, ' three');
    const { said } = await commit(0);
    expect(Object.keys(said)).toEqual(['a', 'b']);
    expect(said['a']).toContain('"one three"');
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
    expect((await commit(1)).said['a']).toContain('"23"');
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
    expect(again.entries).toBe(first.entries);
    again.done();
    expect(decodeEntries((await commit(2)).entries)).toMatchObject([['a', { firstSeq: 3, lastSeq: 3 }]]);
    expect(errors).toHaveLength(1);
  });

  it('gives up the runs of a journal that another process has closed, and shows nothing more of them', async () => {
    const { say, commit, commits, lost, told } = start();
    const [speaking, silent, later] = [createRun('speaking'), createRun('silent'), createRun('later', 'boot.2')];
    say(speaking, 'x');
    (await commit(0)).close();
    await nextTurn();
    say(silent, 'y');
    say(later, 'z');
    (await commit(1)).done();
    await nextTurn();
    expect(lost).toEqual(['speaking', 'silent']);
    expect([commits[1]?.said['silent'], told]).toEqual([undefined, [['later']]]);
    expect([speaking.durableSeq, silent.durableSeq]).toEqual([0, 0]);
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
    expect(a.recorder.take()).toMatchObject({ firstSeq: 3, lastSeq: 3 });
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

import { describe, expect, it } from '@jest/globals';
import { AppError } from '@parley/contracts';
import type { StreamEvent } from '@parley/contracts';
import { resumeStream } from './resume-stream.ts';
import type { ResumeOptions, ResumeState } from './resume-stream.ts';

interface Step {
  readonly ids: readonly number[];
  readonly end: 'cut' | 'no-content' | Error;
}

const failed = (status: number) => new AppError({ code: 'X', status, message: 'x' });

/** Plays one step per connection and keeps the positions it was opened at. */
function play(steps: Step[], options: Partial<ResumeOptions<number>> = {}) {
  const openedAt: (string | undefined)[] = [];
  const waits: number[] = [];
  const states: ResumeState['state'][] = [];
  const events = resumeStream<number>(
    async function* open({ lastEventId, onOpen }): AsyncGenerator<StreamEvent<number>, unknown> {
      openedAt.push(lastEventId);
      const step = steps.shift();
      if (!step) throw failed(404);
      onOpen();
      for (const id of step.ids) yield { id: String(id), event: id };
      if (step.end instanceof Error) throw step.end;
      return step.end;
    },
    {
      signal: new AbortController().signal,
      onState: ({ state }) => states.push(state),
      wait: (delayMs) => {
        waits.push(delayMs);
        return Promise.resolve();
      },
      ...options,
    },
  );
  const read = async () => {
    const seen: number[] = [];
    for await (const { event } of events) seen.push(event);
    return seen;
  };
  return { read, openedAt, waits, states };
}

describe('resumeStream', () => {
  it('goes on after the last id when the connection breaks', async () => {
    const { read, openedAt } = play([
      { ids: [1, 2], end: failed(503) },
      { ids: [3], end: 'no-content' },
    ]);
    expect(await read()).toEqual([1, 2, 3]);
    expect(openedAt).toEqual([undefined, '2']);
  });

  it('drops events it has seen', async () => {
    const { read } = play([
      { ids: [1, 2], end: 'cut' },
      { ids: [1, 2, 3], end: 'no-content' },
    ]);
    expect(await read()).toEqual([1, 2, 3]);
  });

  it('ends at the last event without another connection', async () => {
    const { read, openedAt } = play([{ ids: [1, 2, 3], end: 'cut' }], { isLast: (event) => event === 2 });
    expect(await read()).toEqual([1, 2]);
    expect(openedAt).toHaveLength(1);
  });

  it('starts at the given position', async () => {
    const { read, openedAt } = play([{ ids: [4, 5], end: 'no-content' }], { lastEventId: '4' });
    expect(await read()).toEqual([5]);
    expect(openedAt).toEqual(['4']);
  });

  it('waits longer after each failure in a row, and starts over after an event', async () => {
    const { read, waits } = play([
      { ids: [], end: failed(503) },
      { ids: [], end: failed(503) },
      { ids: [], end: failed(503) },
      { ids: [1], end: failed(503) },
      { ids: [], end: 'no-content' },
    ]);
    await read();
    expect(waits).toHaveLength(4);
    for (const [index, full] of [500, 1000, 2000, 500].entries()) {
      expect(waits[index]).toBeGreaterThanOrEqual(full / 2);
      expect(waits[index]).toBeLessThanOrEqual(full);
    }
  });

  it('gives up on an error that trying again can not mend', async () => {
    await expect(play([{ ids: [1], end: failed(403) }]).read()).rejects.toMatchObject({ status: 403 });
  });

  it('tells what the connection does', async () => {
    const { read, states } = play([
      { ids: [1], end: failed(503) },
      { ids: [], end: 'no-content' },
    ]);
    await read();
    expect(states).toEqual(['connecting', 'open', 'waiting', 'connecting', 'open']);
  });

  it('stops waiting when the caller aborts', async () => {
    const controller = new AbortController();
    const events = resumeStream<number>(
      () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(failed(503)) }) }),
      {
        signal: controller.signal,
        onState: ({ state }) => state === 'waiting' && queueMicrotask(() => controller.abort()),
      },
    );
    await expect(events.next()).rejects.toMatchObject({ name: 'AbortError' });
  });
});

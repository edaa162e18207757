import { describe, expect, it, jest } from '@jest/globals';
import { AppError } from '@parley/contracts';
import type { RunEvent } from '@parley/contracts';
import * as fc from 'fast-check';
import type { OpenStream } from '../client/resume-stream.ts';
import { RunStore } from './run-store.ts';
import type { RunOutcome } from './run-store.ts';

const runId = '0190a000-0000-7000-8000-000000000001';
const log = (pieces: readonly string[]): RunEvent[] => [
  { type: 'run-start', seq: 1, runId, conversationId: runId, messageId: runId, userMessageId: runId, model: 'demo/a' },
  { type: 'part-start', seq: 2, index: 0, part: { type: 'text', text: '' } },
  ...pieces.map((text, index): RunEvent => ({ type: 'part-delta', seq: index + 3, index: 0, text })),
  { type: 'part-end', seq: pieces.length + 3, index: 0, durationMs: 1 },
  { type: 'run-end', seq: pieces.length + 4, state: 'completed' },
];

/** What one connection does: how many events it gives, how far back it begins, which one it loses. */
interface Connection {
  readonly length: number;
  readonly overlap: number;
  readonly lost: number | undefined;
}

/** A server that keeps the log and treats each connection as told; the ones after that are sound. */
function serve(events: readonly RunEvent[], connections: readonly Connection[]) {
  const positions: (string | undefined)[] = [];
  const open: OpenStream<RunEvent> = async function* stream({ lastEventId, onOpen }) {
    const { length, overlap, lost } = connections[positions.length] ?? { length: 1e9, overlap: 0, lost: undefined };
    positions.push(lastEventId);
    onOpen();
    const from = Math.max(0, Number(lastEventId ?? 0) - overlap);
    for (const event of events.slice(from, from + length)) {
      if (event.seq !== lost) yield { id: String(event.seq), event };
    }
    if (connections[positions.length - 1] && from + length < events.length) throw cut();
  };
  return { open, positions };
}
const cut = () => new AppError({ code: 'CLIENT_OFFLINE', status: 503, message: 'cut' });
const createStore = () =>
  new RunStore({ schedule: (flush) => (queueMicrotask(flush), () => undefined), wait: async () => {} });

const follow = (store: RunStore, open: OpenStream<RunEvent>) =>
  new Promise<RunOutcome>((resolve) => {
    store.attach(runId, { open, onOutcome: resolve });
  });

describe('RunStore', () => {
  it('shows every character once, whatever connections are cut, repeat or lose', async () => {
    const connection = fc.record({
      length: fc.integer({ min: 1, max: 12 }),
      overlap: fc.nat({ max: 4 }),
      lost: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 20 }),
        fc.array(connection, { maxLength: 4 }),
        async (pieces, connections) => {
          const { open } = serve(log(pieces), connections);
          const outcome = await follow(createStore(), open);
          expect(outcome.kind === 'final' && outcome.parts).toEqual([{ type: 'text', text: pieces.join('') }]);
        },
      ),
    );
  });

  it('opens again after the last good event when one is missing', async () => {
    const { open, positions } = serve(log(['a', 'b', 'c']), [{ length: 1e9, overlap: 0, lost: 4 }]);
    await follow(createStore(), open);
    expect(positions).toEqual([undefined, '3']);
  });

  it('gives up when the same event stays missing', async () => {
    const broken = log(['a', 'b']).filter((event) => event.seq !== 4);
    const open: OpenStream<RunEvent> = async function* stream({ lastEventId }) {
      for (const event of broken) if (event.seq > Number(lastEventId ?? 0)) yield { id: String(event.seq), event };
    };
    const outcome = await follow(createStore(), open);
    expect(outcome).toMatchObject({ kind: 'lost', error: { code: 'CLIENT_STREAM_GAP' } });
  });

  it('says the run is lost when the server has nothing of it', async () => {
    const open: OpenStream<RunEvent> = () => ({
      [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({ done: true, value: 'no-content' }) }),
    });
    expect(await follow(createStore(), open)).toMatchObject({ kind: 'lost', error: undefined });
  });

  it('tells readers once per frame, and readers of the run only when more than text changed', async () => {
    const frames: (() => void)[] = [];
    const store = new RunStore({ schedule: (flush) => (frames.push(flush), () => undefined) });
    let push: (event: RunEvent) => void = () => undefined;
    const open: OpenStream<RunEvent> = async function* stream() {
      for (;;) {
        const event = await new Promise<RunEvent>((resolve) => {
          push = resolve;
        });
        yield { id: String(event.seq), event };
      }
    };
    const release = store.attach(runId, { open });
    const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
    await settle();
    const [start, part, first, second, third] = log(['a', 'b', 'c']);
    for (const event of [start, part, first]) {
      if (event) push(event);
      await settle();
    }
    frames.at(-1)?.();
    const onRun = jest.fn();
    const onPart = jest.fn();
    store.subscribe(runId, onRun);
    store.subscribePart(runId, 0, onPart);
    for (const event of [second, third]) {
      if (event) push(event);
      await settle();
    }
    expect(onPart).not.toHaveBeenCalled();
    frames.at(-1)?.();
    expect([onPart.mock.calls.length, onRun.mock.calls.length]).toEqual([1, 0]);
    expect(store.getPart(runId, 0)?.part).toEqual({ type: 'text', text: 'abc' });
    release();
  });

  it('follows a run once for several holders and frees it after the last', async () => {
    const { open, positions } = serve(log(['a']), []);
    const store = createStore();
    const one = store.attach(runId, { open });
    const two = store.attach(runId, { open });
    await new Promise<void>((resolve) => {
      store.attach(runId, { open, onOutcome: () => resolve() })();
      store.attach(runId, { open, onOutcome: () => resolve() });
    });
    expect(positions).toHaveLength(1);
    one();
    two();
    expect(store.getRun(runId)).toBeDefined();
  });

  it('tells the outcome to who comes after it', async () => {
    const { open } = serve(log(['a']), []);
    const store = createStore();
    await follow(store, open);
    const late = jest.fn();
    store.attach(runId, { open, onOutcome: late });
    expect(late).toHaveBeenCalledTimes(1);
  });

  it('closes the connection when released', () => {
    let signal: AbortSignal | undefined;
    const open: OpenStream<RunEvent> = async function* stream(call) {
      signal = call.signal;
      await new Promise((_resolve, reject) => {
        call.signal.addEventListener('abort', () => reject(new Error('aborted')));
      });
      yield { event: log([])[0] as RunEvent };
    };
    const store = createStore();
    store.attach(runId, { open })();
    expect([signal?.aborted, store.getRun(runId)]).toEqual([true, undefined]);
  });
});

import { describe, expect, it } from '@jest/globals';
import type { Part, RunEvent } from '@parley/contracts';
import { RunEvent as RunEventSchema } from '@parley/contracts';
import * as fc from 'fast-check';
import { toEvents } from './log-encoding.ts';
import type { LogChunk } from './log-encoding.ts';
import { MessageFold } from './message-fold.ts';
import { RunRecorder } from './run-recorder.ts';

const citation: Part = { type: 'citation', title: 'A source' };

/** Something a model says, or a moment at which the log takes what there is. */
const steps = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.tuple(fc.constantFrom('text' as const, 'reasoning' as const), fc.string()) },
    { weight: 1, arbitrary: fc.constant(['part'] as const) },
    { weight: 1, arbitrary: fc.constant(['tool-call'] as const) },
    { weight: 3, arbitrary: fc.constant(['take'] as const) },
  ),
  { maxLength: 60 },
);

const record = (said: ReturnType<typeof steps.generate>['value']) => {
  const recorder = new RunRecorder(() => 0, []);
  const chunks: LogChunk[] = [];
  const take = () => {
    const chunk = recorder.take();
    if (chunk) chunks.push(chunk);
  };
  for (const [kind, text = ''] of said) {
    if (kind === 'take') take();
    else if (kind === 'part') recorder.addPart(citation);
    else if (kind === 'tool-call') recorder.addToolCall({ callId: 'c', name: 'search', input: { q: 1 } });
    else recorder.append(kind, text);
  }
  recorder.closePart();
  take();
  return { recorder, chunks, events: toEvents(chunks) };
};

const textOf = (parts: readonly Part[], type: string) =>
  parts.map((part) => (part.type === type && 'text' in part ? part.text : '')).join('');

describe('RunRecorder', () => {
  it('numbers events from 1 without holes, whatever the log takes when', () => {
    fc.assert(
      fc.property(steps, (said) => {
        const { recorder, events } = record(said);
        expect(events.map((event) => event.seq)).toEqual(Array.from({ length: recorder.seq }, (_none, at) => at + 1));
      }),
    );
  });

  it('keeps with each part what only its provider can read, and begins another part after it', () => {
    const opaque = (data: string) => ({ family: 'sample', data });
    const recorder = new RunRecorder(() => 0, []);
    recorder.append('reasoning', 'first');
    recorder.append('reasoning', '', opaque('a'));
    recorder.append('reasoning', 'second', opaque('b'));
    recorder.append('text', 'said');
    recorder.addToolCall({ callId: 'c', name: 'search', input: {}, opaque: opaque('d') });
    recorder.take();
    expect(recorder.fold.parts({ isOver: false })).toEqual([
      { type: 'reasoning', text: 'first', durationMs: 0, opaque: opaque('a') },
      { type: 'reasoning', text: 'second', durationMs: 0, opaque: opaque('b') },
      { type: 'text', text: 'said' },
      { type: 'tool-call', callId: 'c', name: 'search', input: {}, status: 'running', opaque: opaque('d') },
    ]);
  });

  it('keeps every character in order', () => {
    fc.assert(
      fc.property(steps, (said) => {
        const parts = record(said).recorder.fold.parts({ isOver: true });
        for (const type of ['text', 'reasoning']) {
          const spoken = said.map(([kind, text = '']) => (kind === type ? text : '')).join('');
          expect(textOf(parts, type)).toBe(spoken);
        }
      }),
    );
  });

  it('gives the same message live as its stored log gives', () => {
    fc.assert(
      fc.property(steps, (said) => {
        const { recorder, events } = record(said);
        const fold = new MessageFold();
        for (const event of events) fold.apply(event);
        expect(fold.parts({ isOver: true })).toEqual(recorder.fold.parts({ isOver: true }));
      }),
    );
  });

  it('writes only events of the published shape', () => {
    fc.assert(
      fc.property(steps, (said) => {
        for (const event of record(said).events) expect(RunEventSchema.safeParse(event).success).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('remembers exactly what it handed over', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 200 }), (said, length) => {
        const { recorder, events } = record(said);
        expect(toEvents(recorder.memory.chunks(length))).toEqual(events);
      }),
    );
  });

  it('joins pieces that the log has not taken, and never changes one it has', () => {
    const recorder = new RunRecorder(() => 0, []);
    recorder.append('text', 'a');
    recorder.append('text', 'b');
    const first = recorder.take();
    recorder.append('text', 'c');
    const second = recorder.take();
    const deltas = toEvents([first, second].filter((chunk) => chunk !== undefined)).slice(1);
    expect(deltas).toEqual([
      { type: 'part-delta', seq: 2, index: 0, text: 'ab' },
      { type: 'part-delta', seq: 3, index: 0, text: 'c' },
    ]);
  });

  it('goes on after the events a log holds already', () => {
    const held: RunEvent[] = [
      { type: 'part-start', seq: 1, index: 0, part: { type: 'text', text: '' } },
      { type: 'part-delta', seq: 2, index: 0, text: 'shown' },
    ];
    const recorder = new RunRecorder(() => 0, held);
    recorder.add({ type: 'run-end', state: 'interrupted' });
    expect(recorder.take()).toMatchObject({ firstSeq: 3, lastSeq: 3 });
    expect(textOf(recorder.fold.parts({ isOver: true }), 'text')).toBe('shown');
  });

  it('says that the outcome of a tool call without a result is unknown', () => {
    const { recorder } = record([['tool-call']]);
    expect(recorder.fold.parts({ isOver: true })).toMatchObject([{ type: 'tool-call', status: 'unknown' }]);
  });

  it('measures how long the model thought', () => {
    let now = 1_000;
    const recorder = new RunRecorder(() => now, []);
    recorder.append('reasoning', 'hm');
    now = 3_500;
    recorder.append('text', 'so');
    recorder.take();
    expect(recorder.fold.parts({ isOver: true })[0]).toEqual({ type: 'reasoning', text: 'hm', durationMs: 2_500 });
  });
});

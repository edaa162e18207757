import { describe, expect, it } from '@jest/globals';
import type { Part, RunEvent } from '@parley/contracts';
import * as fc from 'fast-check';
import { RunFold } from './run-fold.ts';

const ids = {
  runId: '0190a000-0000-7000-8000-000000000001',
  conversationId: '0190a000-0000-7000-8000-000000000002',
  messageId: '0190a000-0000-7000-8000-000000000003',
  userMessageId: '0190a000-0000-7000-8000-000000000004',
};

/** A whole log: reasoning and text parts in any number, each in any number of pieces. */
const log = fc
  .array(
    fc.record({
      type: fc.constantFrom('text' as const, 'reasoning' as const),
      pieces: fc.array(fc.string({ minLength: 1 }), { maxLength: 6 }),
    }),
    { maxLength: 5 },
  )
  .map((parts): RunEvent[] => {
    let seq = 0;
    const events: RunEvent[] = [{ type: 'run-start', seq: ++seq, ...ids, model: 'demo/guide' }];
    parts.forEach(({ type, pieces }, index) => {
      events.push({ type: 'part-start', seq: ++seq, index, part: { type, text: '' } as Part });
      for (const text of pieces) events.push({ type: 'part-delta', seq: ++seq, index, text });
      events.push({ type: 'part-end', seq: ++seq, index, durationMs: 5 });
    });
    events.push({ type: 'run-end', seq: ++seq, state: 'completed' });
    return events;
  });

const fold = (events: readonly RunEvent[]): RunFold => {
  const run = new RunFold(() => 0);
  for (const event of events) run.apply(event);
  return run;
};
const partsOf = (run: RunFold): readonly Part[] => run.parts.map(({ part }) => part);
const summary = (run: RunFold) => ({ parts: partsOf(run), seq: run.seq, state: run.state, phase: run.phase });

describe('RunFold', () => {
  it('gives the concatenation of the pieces of each part', () => {
    fc.assert(
      fc.property(log, (events) => {
        const texts = partsOf(fold(events)).map((part) => ('text' in part ? part.text : ''));
        const expected = texts.map((_text, index) =>
          events.flatMap((event) =>
            event.type === 'part-delta' && 'text' in event && event.index === index ? [event.text] : [],
          ),
        );
        expect(texts).toEqual(expected.map((pieces) => pieces.join('')));
      }),
    );
  });

  it('is not changed by events that come again', () => {
    fc.assert(
      fc.property(log, fc.array(fc.nat({ max: 40 })), (events, again) => {
        const run = new RunFold(() => 0);
        events.forEach((event, position) => {
          run.apply(event);
          for (const earlier of again) {
            const repeated = events[earlier % (position + 1)];
            if (repeated) expect(run.apply(repeated)).toBe('seen');
          }
        });
        expect(summary(run)).toEqual(summary(fold(events)));
      }),
    );
  });

  it('says "gap" and stays as it was when an event is missing', () => {
    fc.assert(
      fc.property(log, fc.nat(), (events, cut) => {
        const missing = cut % (events.length - 1);
        const run = fold(events.slice(0, missing));
        const before = summary(run);
        for (const event of events.slice(missing + 1)) expect(run.apply(event)).toBe('gap');
        expect(summary(run)).toEqual(before);
      }),
    );
  });

  it('reaches the same end whatever order events come in, when the log is read again after each gap', () => {
    fc.assert(
      fc.property(
        log.chain((events) => fc.tuple(fc.constant(events), fc.shuffledSubarray(events))),
        ([events, shuffled]) => {
          const run = fold(shuffled);
          for (const event of events) run.apply(event);
          expect(summary(run)).toEqual(summary(fold(events)));
        },
      ),
    );
  });

  it('takes a snapshot in place of everything before it and goes on from there', () => {
    fc.assert(
      fc.property(log, fc.nat(), (events, cut) => {
        const at = 1 + (cut % (events.length - 1));
        const before = fold(events.slice(0, at));
        const message = {
          id: ids.messageId,
          conversationId: ids.conversationId,
          role: 'assistant' as const,
          parts: [...partsOf(before)],
          state: 'running' as const,
          createdAt: '2026-01-01T00:00:00.000Z',
        };
        const run = fold([{ type: 'snapshot', seq: before.seq, message }, ...events.slice(at)]);
        expect(partsOf(run)).toEqual(partsOf(fold(events)));
      }),
    );
  });

  it('names the phase a person waits for', () => {
    const run = new RunFold(() => 0);
    const phases = [run.phase];
    const apply = (event: RunEvent) => {
      run.apply(event);
      phases.push(run.phase);
    };
    apply({ type: 'run-start', seq: 1, ...ids, model: 'demo/guide' });
    apply({ type: 'part-start', seq: 2, index: 0, part: { type: 'reasoning', text: '' } });
    apply({ type: 'part-end', seq: 3, index: 0, durationMs: 5 });
    apply({ type: 'tool-call', seq: 4, index: 1, callId: 'c', name: 'search', input: {} });
    apply({ type: 'approval-request', seq: 5, index: 1, callId: 'c' });
    apply({ type: 'approval', seq: 6, index: 1, callId: 'c', decision: 'allow' });
    apply({ type: 'tool-result', seq: 7, index: 1, callId: 'c', output: 1 });
    apply({ type: 'part-start', seq: 8, index: 2, part: { type: 'text', text: '' } });
    apply({ type: 'run-end', seq: 9, state: 'completed' });
    expect(phases).toEqual([
      'connecting',
      'thinking',
      'thinking',
      'thinking',
      'tool',
      'approval',
      'tool',
      'thinking',
      'writing',
      'done',
    ]);
  });

  it('knows after which part each notice came', () => {
    const run = fold([
      { type: 'run-start', seq: 1, ...ids, model: 'demo/guide' },
      { type: 'notice', seq: 2, level: 'info', text: 'Another model answers.' },
      { type: 'part-start', seq: 3, index: 0, part: { type: 'text', text: 'Hi' } },
      { type: 'notice', seq: 4, level: 'warning', text: 'It is cut.' },
    ]);
    expect(run.notices).toEqual([
      { level: 'info', text: 'Another model answers.', place: 0 },
      { level: 'warning', text: 'It is cut.', place: 1 },
    ]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { newId } from '@parley/contracts';
import * as fc from 'fast-check';
import { decodeEntries, encodeEntry, findEntry } from './journal-encoding.ts';
import { encodeDelta, toEvents } from './log-encoding.ts';

const texts = fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 5 });
const commits = fc.array(fc.record({ firstSeq: fc.integer({ min: 1, max: 9_999 }), texts }), { maxLength: 5 });

describe('the journal', () => {
  it('gives back what each run said, whatever it said', () => {
    fc.assert(
      fc.property(commits, (said) => {
        const entries = said.map(({ firstSeq, texts: pieces }) => {
          const text = pieces.map((piece) => encodeDelta(0, piece)).join('\n');
          return [newId(), { firstSeq, lastSeq: firstSeq + pieces.length - 1, text }] as const;
        });
        const stored = entries.map(([runId, chunk]) => encodeEntry(runId, chunk)).join('');
        expect(decodeEntries(stored)).toEqual(entries);
        for (const [runId, chunk] of entries) expect(findEntry(stored, runId)).toEqual(chunk);
        expect(findEntry(stored, newId())).toBeUndefined();
      }),
    );
  });

  it('does not take what a model says for the words of another run', () => {
    const [speaker, named] = [newId(), newId()];
    const text = encodeDelta(0, `\n=${named} 1\n0"forged"`);
    const stored = encodeEntry(speaker, { firstSeq: 1, lastSeq: 1, text });
    expect(findEntry(stored, named)).toBeUndefined();
    expect(toEvents(decodeEntries(stored).map(([, chunk]) => chunk))).toMatchObject([
      { text: `\n=${named} 1\n0"forged"` },
    ]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { describeChanges } from './describe-changes.ts';

const prompt = { system: 'Be kind.', messages: ['a', 'b', 'c'], tools: [], parameters: { heat: 1 } };
const placesOf = (after: unknown) => describeChanges(prompt, after).changes;

describe('describeChanges', () => {
  it('names the place of a changed text', () => {
    expect(placesOf({ ...prompt, system: 'Be brief.' })).toEqual([
      { path: 'system', before: 'Be kind.', after: 'Be brief.' },
    ]);
  });

  it('tells an inserted item as one change', () => {
    expect(placesOf({ ...prompt, messages: ['new', 'a', 'b', 'c'] })).toEqual([{ path: 'messages[0]', after: 'new' }]);
  });

  it('tells a removed item as one change', () => {
    expect(placesOf({ ...prompt, messages: ['a', 'c'] })).toEqual([{ path: 'messages[1]', before: 'b' }]);
  });

  it('goes into objects, and tells added and removed fields', () => {
    expect(placesOf({ ...prompt, parameters: { cold: 2 } })).toEqual([
      { path: 'parameters.heat', before: '1' },
      { path: 'parameters.cold', after: '2' },
    ]);
  });

  it('finds nothing where only the object is another', () => {
    expect(placesOf(structuredClone(prompt))).toEqual([]);
  });

  it('stops at twenty changes and says so', () => {
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`field${index}`, index]));
    const { changes, isCut } = describeChanges({}, many);
    expect([changes.length, isCut]).toEqual([20, true]);
  });

  it('cuts long texts', () => {
    const [change] = describeChanges('', 'x'.repeat(5_000)).changes;
    expect(change?.after).toHaveLength(2_000 + ' … (5000 characters)'.length);
  });
});

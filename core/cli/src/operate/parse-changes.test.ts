import { describe, expect, it } from '@jest/globals';
import { parseChanges } from './parse-changes.ts';

describe('changes in words', () => {
  it('begin with a verb each', () => {
    expect(
      parseChanges('disable notes set chat maxSteps=3 limits.title=Hi isolate acme.x process add ./x.ts y'.split(' ')),
    ).toEqual([
      { do: 'disable', id: 'notes' },
      { do: 'configure', id: 'chat', settings: { maxSteps: 3, limits: { title: 'Hi' } } },
      { do: 'isolate', id: 'acme.x', isolation: 'process' },
      { do: 'add', use: './x.ts', id: 'y' },
    ]);
  });

  it('may name a plugin that is called like a verb', () => {
    expect(parseChanges(['enable', 'update'])).toEqual([{ do: 'enable', id: 'update' }]);
  });

  it.each([
    ['dance notes', 'dance is no change'],
    ['enable', 'needs the id of a plugin'],
    ['enable a b', 'takes nothing more'],
    ['set notes', 'needs a plugin and settings'],
    ['isolate notes somewhere', 'needs a plugin and a place'],
  ])('refuse "%s"', (words, reason) => {
    expect(() => parseChanges(words.split(' '))).toThrow(reason);
  });
});

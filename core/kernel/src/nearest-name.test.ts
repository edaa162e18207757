import { describe, expect, it } from '@jest/globals';
import { nearestName, suggestion } from './nearest-name.ts';

describe('the nearest name', () => {
  it.each([
    ['maxNote', 'maxNotes'],
    ['apikey', 'apiKey'],
    ['maxNtoes', 'maxNotes'],
  ])('of %s is %s', (name, nearest) => {
    expect(nearestName(name, ['apiKey', 'maxNotes', 'region'])).toBe(nearest);
  });

  it('is none when nothing is close', () => {
    expect(nearestName('colour', ['apiKey', 'maxNotes'])).toBeUndefined();
  });

  it('is suggested, otherwise all names are', () => {
    expect(suggestion('regio', ['region'])).toBe('did you mean region?');
    expect(suggestion('colour', ['apiKey', 'region'])).toBe('there are: apiKey, region');
    expect(suggestion('colour', [])).toBe('there are none');
  });
});

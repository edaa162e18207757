import { expect, it } from '@jest/globals';
import { neededChanges } from './places.ts';

const settings = { city: 'Rome' };

it('a plugin that the composition names already is loaded, not added', () => {
  expect(neededChanges([{ do: 'add', use: 'acme.weather' }], ['notes'])).toEqual([{ do: 'add', use: 'acme.weather' }]);
  expect(neededChanges([{ do: 'add', use: 'acme.weather', settings }], ['acme.weather'])).toEqual([
    { do: 'update', id: 'acme.weather' },
    { do: 'configure', id: 'acme.weather', settings },
  ]);
});

it('a plugin that the composition does not name any more needs no change to be removed', () => {
  expect(neededChanges([{ do: 'remove', id: 'acme.weather' }], ['notes'])).toEqual([]);
  expect(neededChanges([{ do: 'remove', id: 'acme.weather' }], ['acme.weather'])).toHaveLength(1);
});

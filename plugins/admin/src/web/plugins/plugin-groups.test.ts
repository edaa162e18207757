import { describe, expect, it } from '@jest/globals';
import { entry } from '../fixtures/fake-kernel.ts';
import { filterPlugins, groupPlugins } from './plugin-groups.ts';

const plugins = [
  entry('notes'),
  entry('weather', { isFirstParty: false, title: 'Weather tool' }),
  entry('chat', { state: 'degraded' }),
  entry('openai', { isEnabled: false, state: 'stopped' }),
];
const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id);

describe('the list of plugins', () => {
  it('stands in groups, those in trouble first and those that are off last', () => {
    expect(groupPlugins(plugins).map((group) => [group.id, ids(group.plugins)])).toEqual([
      ['trouble', ['chat']],
      ['added', ['weather']],
      ['own', ['notes']],
      ['off', ['openai']],
    ]);
  });

  it.each([
    ['all', '', ['notes', 'weather', 'chat', 'openai']],
    ['running', '', ['notes', 'weather', 'chat']],
    ['off', '', ['openai']],
    ['trouble', '', ['chat']],
    ['all', 'tool weather', ['weather']],
    ['off', 'weather', []],
  ] as const)('shows by %s and %j', (show, query, expected) => {
    expect(ids(filterPlugins(plugins, { show, query }))).toEqual(expected);
  });
});

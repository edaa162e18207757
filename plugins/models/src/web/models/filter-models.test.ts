import { describe, expect, it } from '@jest/globals';
import type { ManagedModel } from '@parley/plugin-models/contract';
import { filterModels, type ModelFilter } from './filter-models.ts';

const abilities = {
  vision: false,
  files: false,
  audio: false,
  video: false,
  tools: false,
  reasoning: false,
  structuredOutput: false,
  webSearch: false,
  imageOutput: false,
};
const item = (
  id: string,
  more: Partial<ManagedModel['model']> = {},
  rest: Partial<ManagedModel> = {},
): ManagedModel => {
  const [provider = ''] = id.split('/');
  return { model: { id, name: id, provider, providerTitle: provider, demo: false, abilities, ...more }, ...rest };
};
const items = [
  item('acme/large', { name: 'Acme Large', abilities: { ...abilities, vision: true } }),
  item('acme/small', { isUnknown: true }),
  item('bolt/one', {}, { rule: { enabled: false } }),
];
const idsOf = (filter: Partial<ModelFilter>, newModels: 'shown' | 'hidden' = 'shown') =>
  filterModels(items, { query: '', provider: undefined, ability: undefined, show: 'all', ...filter }, newModels).map(
    ({ model }) => model.id,
  );

describe('filterModels', () => {
  it('shows all without a filter', () => {
    expect(idsOf({})).toEqual(['acme/large', 'acme/small', 'bolt/one']);
  });

  it('finds each word in name, id or provider', () => {
    expect(idsOf({ query: 'LARGE acme' })).toEqual(['acme/large']);
    expect(idsOf({ query: 'bolt' })).toEqual(['bolt/one']);
    expect(idsOf({ query: 'acme one' })).toEqual([]);
  });

  it('keeps those of a provider, and those with an ability', () => {
    expect(idsOf({ provider: 'bolt' })).toEqual(['bolt/one']);
    expect(idsOf({ ability: 'vision' })).toEqual(['acme/large']);
  });

  it('tells shown from hidden by the rule, else by what holds for new ones', () => {
    expect(idsOf({ show: 'hidden' })).toEqual(['bolt/one']);
    expect(idsOf({ show: 'shown' }, 'hidden')).toEqual([]);
    expect(idsOf({ show: 'unknown' })).toEqual(['acme/small']);
  });
});

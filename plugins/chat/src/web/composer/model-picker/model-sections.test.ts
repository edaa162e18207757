import { describe, expect, it } from '@jest/globals';
import { ModelAbilities } from '@parley/contracts';
import type { AvailableModel } from '@parley/contracts';
import { linesOf, toSections } from './model-sections.ts';

const model = (id: string, provider = 'openai'): AvailableModel => ({
  id: `${provider}/${id}`,
  name: id,
  provider,
  providerTitle: provider.toUpperCase(),
  demo: false,
  abilities: ModelAbilities.parse({}),
});
const few = [model('a'), model('b'), model('c', 'google')];
const many = [...few, ...Array.from({ length: 20 }, (_, index) => model(`m${index}`))];
const shown = (input: Partial<Parameters<typeof toSections>[0]>) =>
  toSections({ models: few, query: '', favourites: [], recent: [], ...input }).map(({ title, models }) => [
    title,
    ...models.map(({ name }) => name),
  ]);

describe('the sections of the model list', () => {
  it('are those of the providers', () => {
    expect(shown({})).toEqual([
      ['OPENAI', 'a', 'b'],
      ['GOOGLE', 'c'],
    ]);
  });

  it('begin with the favourites, in the order they were chosen, without those that are gone', () => {
    expect(shown({ favourites: ['google/c', 'gone/x', 'openai/a'] })[0]).toEqual(['Favourites', 'c', 'a']);
  });

  it('tell what was used last only of a long list, and no favourite twice', () => {
    const recent = ['openai/b', 'google/c'];
    expect(shown({ recent })).toHaveLength(2);
    const titles = shown({ models: many, recent, favourites: ['google/c'] }).slice(0, 2);
    expect(titles).toEqual([
      ['Favourites', 'c'],
      ['Recent', 'b'],
    ]);
  });

  it('are one while something is sought', () => {
    expect(shown({ models: many, query: 'google', favourites: ['google/c'] })).toEqual([['Models found', 'c']]);
  });

  it('name each line once, also of a model that stands in two sections', () => {
    const lines = linesOf(toSections({ models: few, query: '', favourites: ['openai/a'], recent: [] }));
    expect(new Set(lines.map(({ key }) => key)).size).toBe(4);
  });
});

import { describe, expect, it } from '@jest/globals';
import { ModelAbilities } from '@parley/contracts';
import type { AvailableModel } from '@parley/contracts';
import { findModels } from './find-models.ts';

const model = (id: string, name: string, providerTitle: string): AvailableModel => ({
  id,
  name,
  provider: id.split('/')[0] ?? '',
  providerTitle,
  demo: false,
  abilities: ModelAbilities.parse({}),
});
const MODELS = [
  model('openai/gpt-5', 'GPT-5', 'OpenAI'),
  model('openai/gpt-5-mini', 'GPT-5 mini', 'OpenAI'),
  model('anthropic/claude-sonnet-4-5', 'Claude Sonnet 4.5', 'Anthropic'),
  model('my-azure/prod', 'Größe', 'Azure'),
];
const found = (query: string) => findModels(MODELS, query).map(({ id }) => id);

describe('the search for models', () => {
  it('finds everything without a query, in the given order', () => {
    expect(found('  ')).toEqual(MODELS.map(({ id }) => id));
  });

  it.each([
    ['the name', 'sonnet', ['anthropic/claude-sonnet-4-5']],
    ['the provider', 'azure', ['my-azure/prod']],
    ['the id', 'prod', ['my-azure/prod']],
    ['a name typed without its signs', 'gpt5', ['openai/gpt-5', 'openai/gpt-5-mini']],
    ['letters with others between them', 'clsn', ['anthropic/claude-sonnet-4-5']],
    ['a name typed with plain vowels', 'große', ['my-azure/prod']],
  ])('goes by %s', (_what, query, ids) => {
    expect(found(query)).toEqual(ids);
  });

  it('wants every word', () => {
    expect(found('openai mini')).toEqual(['openai/gpt-5-mini']);
    expect(found('openai sonnet')).toEqual([]);
  });

  it('puts the start of a name before the inside of one', () => {
    expect(findModels([...MODELS, model('x/mini', 'Mini', 'X')], 'mini').map(({ id }) => id)).toEqual([
      'x/mini',
      'openai/gpt-5-mini',
    ]);
  });
});

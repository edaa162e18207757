import { describe, expect, it } from '@jest/globals';
import { limitsOf, toModelInfo } from './model-list.ts';

describe('a model in the list of its server', () => {
  it('is its id where nothing else is told', () => {
    const told = { id: 'gpt-5', object: 'model', created: 1, owned_by: 'openai' };
    expect(toModelInfo(told, {})).toEqual({ id: 'gpt-5', name: 'gpt-5', abilities: {} });
  });

  it('has the limits, prices and abilities that a gateway tells', () => {
    const told = {
      id: 'maker/model',
      name: 'Maker: Model',
      description: 'Good.',
      context_length: 200_000,
      architecture: { input_modalities: ['text', 'image'], output_modalities: ['text'] },
      pricing: { prompt: '0.000003', completion: '0.000015', input_cache_read: '0.0000003', image: '0' },
      top_provider: { max_completion_tokens: 64_000 },
      supported_parameters: ['tools', 'reasoning'],
    };
    expect(toModelInfo(told, {})).toEqual({
      id: 'maker/model',
      name: 'Maker: Model',
      description: 'Good.',
      contextWindowTokens: 200_000,
      maxOutputTokens: 64_000,
      inputUsdPerMillion: 3,
      outputUsdPerMillion: 15,
      cachedInputUsdPerMillion: 0.3,
      abilities: {
        vision: true,
        files: false,
        imageOutput: false,
        tools: true,
        reasoning: true,
        structuredOutput: false,
      },
    });
  });

  it('has what servers tell under other names', () => {
    expect(toModelInfo({ id: 'a', max_model_len: 8_192 }, {})).toMatchObject({ contextWindowTokens: 8_192 });
    expect(toModelInfo({ id: 'a', pricing: { input: 0.3, output: 0.9 } }, {})).toMatchObject({
      inputUsdPerMillion: 0.3,
      outputUsdPerMillion: 0.9,
    });
    expect(toModelInfo({ id: 'a', capabilities: { vision: false, function_calling: true } }, {})?.abilities).toEqual({
      vision: false,
      tools: true,
    });
  });

  it('is none where it makes no answers, or is nothing of the kind', () => {
    expect(toModelInfo({ id: 'embed', capabilities: { completion_chat: false } }, {})).toBeUndefined();
    expect(toModelInfo({ name: 'no id' }, {})).toBeUndefined();
  });

  it('loses only what makes no sense', () => {
    const told = { id: 'a', name: 7, context_length: -1, pricing: 'free', capabilities: { vision: 'yes' } };
    expect(toModelInfo(told, {})).toEqual({ id: 'a', name: 'a', abilities: {} });
  });
});

it.each([
  ['responses', ['images', 'pdf', 'text'], {}],
  ['responses', ['text'], { vision: false, files: false }],
  ['chat-completions', ['images', 'pdf'], { webSearch: false }],
  ['assistants', ['text'], { webSearch: false, vision: false, files: false }],
] as const)('through %s reading %j, no model can do what the way can not', (api, reads, limits) => {
  expect(limitsOf(api, reads)).toEqual(limits);
});

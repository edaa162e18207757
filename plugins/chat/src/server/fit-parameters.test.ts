import { describe, expect, it } from '@jest/globals';
import { createPrincipal } from '@parley/contracts';
import { fitParameters } from './fit-parameters.ts';
import type { LiveRun } from './live-run.ts';

const schema = {
  type: 'object',
  properties: { temperature: { type: 'number', minimum: 0, maximum: 1 }, effort: { enum: ['low', 'high'] } },
};

const fit = (parameters: object, model = 'b/other', properties: object = schema) => {
  const call = { principal: createPrincipal({ kind: 'user', id: 'ann' }), signal: new AbortController().signal };
  const run = { admitted: { model: 'a/picked', parameters }, model, call } as unknown as LiveRun;
  return fitParameters({ parameters: () => Promise.resolve(properties as Record<string, unknown>) }, run);
};

describe('fitParameters', () => {
  it('leaves what was given for the model that is asked, fitting or not: its provider says what is wrong', async () => {
    expect(await fit({ odd: 1 }, 'a/picked')).toEqual({ parameters: { odd: 1 }, notices: [] });
  });

  it('gives another model what it takes, without a word', async () => {
    const parameters = { temperature: 0.5, effort: 'low' };
    expect(await fit(parameters)).toEqual({ parameters, notices: [] });
  });

  it('leaves out what another model does not know or take so, and names it', async () => {
    const { parameters, notices } = await fit({ temperature: 1.5, effort: 'low', thinkingTokens: 9 });
    expect(parameters).toEqual({ effort: 'low' });
    expect(notices).toEqual([
      {
        type: 'notice',
        level: 'info',
        text: 'b/other is asked without what it does not take: temperature, thinkingTokens.',
      },
    ]);
  });

  it('knows no parameter by what every object has', async () => {
    expect((await fit({ toString: 1 })).parameters).toEqual({});
  });
});

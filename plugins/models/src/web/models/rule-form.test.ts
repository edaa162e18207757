import { describe, expect, it } from '@jest/globals';
import { saidBeside, toForm, toRule } from './rule-form.ts';

describe('a rule in a form', () => {
  it('comes back as it was', () => {
    const rule = {
      enabled: false,
      name: 'Big',
      inputUsdPerMillion: 3,
      abilities: { vision: true, tools: false },
      roles: ['staff'],
    };
    expect(toRule(toForm(rule), rule)).toEqual(rule);
  });

  it('keeps what the form does not ask for', () => {
    expect(toRule({ name: 'Big' }, { enabled: true, description: 'old' })).toEqual({
      enabled: true,
      description: 'old',
      name: 'Big',
    });
  });

  it('is taken back when nothing is said any more', () => {
    expect(toRule({ roles: [], abilities: {} }, { name: 'Big' })).toBeNull();
  });
});

describe('saidBeside', () => {
  const facts = {
    source: 'https://example.org/prices',
    asOf: '2026-06-01',
    inputUsdPerMillion: 3,
    abilities: { vision: true },
  };
  const listed = { id: 'm', name: 'M', contextWindowTokens: 200_000, abilities: { vision: false } };

  it('names who says what', () => {
    expect(saidBeside({ listed, facts }, ['contextWindowTokens'])).toBe('provider: 200,000');
    expect(saidBeside({ listed, facts }, ['inputUsdPerMillion'])).toBe('catalogue: $3.00');
    expect(saidBeside({ listed, facts }, ['abilities', 'vision'])).toBe('provider: no · catalogue: yes');
  });

  it('says so when nobody does, and nothing where nobody could', () => {
    expect(saidBeside({ listed, facts }, ['maxOutputTokens'])).toBe('nobody says');
    expect(saidBeside({ listed, facts }, ['roles'])).toBeUndefined();
  });
});

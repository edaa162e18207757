import { describe, expect, it } from '@jest/globals';
import { AppError } from '@parley/contracts';
import { isGranted, isSameGrants, withGrant } from './grants.ts';
import { settingsPatch } from './settings-patch.ts';
import { problemsOfError } from '../change/problems-of-error.ts';
import { settingsProblems } from './settings-problems.ts';

describe('settingsPatch', () => {
  it('holds what changed and nothing else', () => {
    expect(settingsPatch({ a: 1, b: 2 }, { a: 1, b: 3, c: 4 })).toEqual({ b: 3, c: 4 });
  });

  it('takes out with null', () => {
    expect(settingsPatch({ a: 1 }, {})).toEqual({ a: null });
  });

  it('changes objects key by key, and lists as a whole', () => {
    const before = { limits: { max: 1, min: 0 }, list: [1, 2] };
    expect(settingsPatch(before, { limits: { max: 2 }, list: [1] })).toEqual({
      limits: { max: 2, min: null },
      list: [1],
    });
  });

  it('leaves a kept secret out, and sends a new one', () => {
    const before = { key: { $secret: true }, other: { $secret: true } };
    expect(settingsPatch(before, { key: { $secret: true }, other: 'new' })).toEqual({ other: 'new' });
  });
});

describe('settingsProblems', () => {
  const schema = { type: 'object', properties: { limits: {}, list: {} } };
  it.each([
    ['notes: limits.max: Too small', ['limits', 'max'], 'Too small'],
    ['parley.config.yaml:3: notes: list.0: Expected: text', ['list', 0], 'Expected: text'],
    ['notes needs conversations', [], 'notes needs conversations'],
  ])('finds the field of %j', (text, path, message) => {
    expect(settingsProblems([text], schema)).toEqual([{ path, message }]);
  });

  it('reads the problems of a refusal', () => {
    const refusal = new AppError({ code: 'X', status: 400, message: 'no', details: { problems: ['a', 'b'] } });
    expect(problemsOfError(refusal)).toEqual(['a', 'b']);
    expect(problemsOfError(new Error('other'))).toEqual([]);
  });
});

describe('grants', () => {
  const asked = { network: ['a', 'b'], declares: [], hooks: ['h'], secrets: [], capabilities: [], storage: [] };

  it('grant all of a list that is absent', () => {
    expect(isGranted(undefined, 'network', 'a')).toBe(true);
    expect(isGranted({ network: [] }, 'network', 'a')).toBe(false);
  });

  it('are taken and given one by one', () => {
    const less = withGrant(undefined, asked, { kind: 'network', name: 'a', isGranted: false });
    expect(less).toEqual({ network: ['b'] });
    expect(isSameGrants(less, undefined, asked)).toBe(false);
    const again = withGrant(less, asked, { kind: 'network', name: 'a', isGranted: true });
    expect(isSameGrants(again, undefined, asked)).toBe(true);
  });
});

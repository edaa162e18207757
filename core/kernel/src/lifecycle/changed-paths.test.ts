import { describe, expect, it } from '@jest/globals';
import { Secret } from '@parley/contracts';
import * as fc from 'fast-check';
import { changedPaths } from './changed-paths.ts';

describe('the paths of what differs', () => {
  it('are dotted, and only of what differs', () => {
    const before = { a: 1, proxy: { host: 'x', port: 1 }, list: [1, 2] };
    const after = { a: 1, proxy: { host: 'y', port: 1 }, list: [1, 3], more: true };
    expect(changedPaths(before, after)).toEqual(['proxy.host', 'list', 'more']);
  });

  it('know a secret by what it holds, and do not tell it', () => {
    expect(changedPaths({ key: new Secret('a') }, { key: new Secret('a') })).toEqual([]);
    expect(changedPaths({ key: new Secret('a') }, { key: new Secret('b') })).toEqual(['key']);
  });

  it('are none for a copy of any settings', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(changedPaths(value, structuredClone(value))).toEqual([]);
      }),
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { requestHash } from './request-hash.ts';

const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, field]) => [name, reversed(field)]),
  );
};

describe('requestHash', () => {
  it('does not depend on the order of fields', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (request) => {
        expect(requestHash(reversed(request))).toBe(requestHash(request));
      }),
    );
  });

  it('depends on every value and on the order of lists', () => {
    const requests = [{ a: 1 }, { a: 2 }, { b: 1 }, { a: [1, 2] }, { a: [2, 1] }, { a: { b: 1 } }, { a: '1' }];
    expect(new Set(requests.map(requestHash)).size).toBe(requests.length);
  });

  it('takes a field that is not there for one without a value', () => {
    expect(requestHash({ a: 1, b: undefined })).toBe(requestHash({ a: 1 }));
  });
});

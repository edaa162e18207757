import { describe, expect, it } from '@jest/globals';
import { createRandom } from './random.ts';

const some = (seed: number): number[] => {
  const random = createRandom(seed);
  return Array.from({ length: 200 }, () => random.between(50, 1_500));
};

describe('createRandom', () => {
  it('repeats with its seed', () => expect(some(7)).toEqual(some(7)));

  it('differs with another seed', () => expect(some(7)).not.toEqual(some(8)));

  it('stays within its bounds and uses their width', () => {
    const values = some(3);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(50);
    expect(Math.max(...values)).toBeLessThanOrEqual(1_500);
    expect(Math.max(...values) - Math.min(...values)).toBeGreaterThan(1_200);
  });
});

import { expect, it } from '@jest/globals';
import { retryDelayMs } from './redis-connection.ts';

it('waits longer from try to try, at most three seconds and a fifth', () => {
  const delays = Array.from({ length: 12 }, (_, index) => retryDelayMs(index + 1, () => 0.5));
  expect(delays.slice(0, 6)).toEqual([100, 200, 400, 800, 1_600, 3_000]);
  expect(retryDelayMs(1_000, () => 1)).toBe(3_600);
});

it('lets nodes that lost one server come back at different times', () => {
  expect([retryDelayMs(1, () => 0), retryDelayMs(1, () => 1)]).toEqual([80, 120]);
});

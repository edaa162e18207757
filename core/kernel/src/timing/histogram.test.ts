import { describe, expect, it } from '@jest/globals';
import { Histogram } from './histogram.ts';

const histogramOf = (values: readonly number[]) => {
  const histogram = new Histogram();
  for (const value of values) histogram.add(value);
  return histogram;
};

/** Whether a value read back is within the tenth that the histogram promises. */
const isNear = (read: number | undefined, exact: number) => Math.abs((read ?? NaN) / exact - 1) < 0.1;

describe('a histogram', () => {
  it('knows nothing before the first duration', () => {
    expect(new Histogram().quantile(0.5)).toBeUndefined();
  });

  it.each([0.002, 0.5, 1, 7.3, 250, 60_000, 3_000_000])('gives %d ms back within a tenth', (value) => {
    expect(isNear(histogramOf([value]).quantile(0.5), value)).toBe(true);
  });

  it('tells the middle and the slow end of many', () => {
    const histogram = histogramOf(Array.from({ length: 1_000 }, (_, index) => index + 1));
    expect(isNear(histogram.quantile(0.5), 500)).toBe(true);
    expect(isNear(histogram.quantile(0.95), 950)).toBe(true);
    expect(isNear(histogram.quantile(1), 1_000)).toBe(true);
  });

  it('agrees with the exact quantiles of a skewed spread', () => {
    const values = Array.from({ length: 2_000 }, (_, index) => 0.01 * 1.005 ** index);
    const histogram = histogramOf(values);
    for (const share of [0.1, 0.5, 0.9, 0.95, 0.99]) {
      expect(isNear(histogram.quantile(share), values[Math.ceil(share * values.length) - 1] ?? NaN)).toBe(true);
    }
  });

  it('puts what is too short or too long at its ends', () => {
    expect(histogramOf([0]).quantile(0.5)).toBeLessThan(0.002);
    expect(histogramOf([1e12]).quantile(0.5)).toBeGreaterThan(3_600_000);
  });

  it('forgets slowly, so that a lasting change shows', () => {
    const histogram = histogramOf(Array.from({ length: 20_000 }, () => 1));
    for (let count = 0; count < 10_000; count += 1) histogram.add(100);
    expect(isNear(histogram.quantile(0.5), 100)).toBe(true);
  });
});

const count = new Intl.NumberFormat();
const short = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 2 });
const cost = new Intl.NumberFormat(undefined, { style: 'currency', currency: 'USD', maximumSignificantDigits: 3 });

/** A number as the reader writes it. */
export const formatCount = (value: number): string => count.format(value);

/** A time in the unit that reads best. Units: milliseconds. */
export function formatMs(ms: number): string {
  if (ms < 0.01) return '< 0.01 ms';
  return ms < 1_000 ? `${short.format(ms)} ms` : `${short.format(ms / 1_000)} s`;
}

/** US dollars. */
export const formatCost = (usd: number): string => cost.format(usd);

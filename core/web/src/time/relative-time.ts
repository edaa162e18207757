const UNITS: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number])[] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** How long ago in words: `2 hours ago`, `yesterday`; `undefined` within the last minute. */
export function relativeTime(instant: string, nowMs: number, locale?: string): string | undefined {
  const seconds = (Date.parse(instant) - nowMs) / 1000;
  const found = UNITS.find(([, size]) => Math.abs(seconds) >= size);
  if (!found) return undefined;
  const [unit, size] = found;
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(Math.trunc(seconds / size), unit);
}

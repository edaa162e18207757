const UNITS: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number])[] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** How long ago in words: `2 hours ago`, `yesterday`; `now` within the last minute. */
export function relativeTime(instant: string, nowMs: number, locale?: string): string {
  const seconds = (Date.parse(instant) - nowMs) / 1000;
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? [];
  return unit === undefined || size === undefined
    ? format.format(0, 'second')
    : format.format(Math.trunc(seconds / size), unit);
}

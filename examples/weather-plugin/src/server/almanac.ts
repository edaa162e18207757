import type { Report, Unit } from '../contract/index.ts';

type Entry = Omit<Report, 'unit'>;

const entry = (
  place: string,
  sky: Report['sky'],
  temperature: number,
  low: number,
  high: number,
  windKmh: number,
): Entry => ({
  place,
  sky,
  temperature,
  low,
  high,
  windKmh,
});

/** The weather of one ordinary day, in degrees Celsius: a table instead of a service, so that the example needs no network. */
const ENTRIES: readonly Entry[] = [
  entry('Cairo', 'sun', 31, 22, 34, 14),
  entry('Lima', 'clouds', 18, 15, 20, 11),
  entry('Oslo', 'rain', 9, 5, 11, 22),
  entry('Tokyo', 'clouds', 21, 17, 24, 9),
  entry('Tromsø', 'snow', -3, -7, -1, 31),
  entry('Wellington', 'rain', 14, 11, 16, 48),
];

const byName = new Map(ENTRIES.map((each) => [each.place.toLowerCase(), each]));
const toUnit = (celsius: number, unit: Unit): number => Math.round(unit === 'celsius' ? celsius : celsius * 1.8 + 32);

/** Names of the places whose weather is known. */
export const PLACES: readonly string[] = ENTRIES.map(({ place }) => place);

/** The weather in a place, whatever the case of its letters; `undefined` where it is not known. */
export function reportOf(place: string, unit: Unit): Report | undefined {
  const found = byName.get(place.trim().toLowerCase());
  if (!found) return undefined;
  const { temperature, low, high } = found;
  return { ...found, unit, temperature: toUnit(temperature, unit), low: toUnit(low, unit), high: toUnit(high, unit) };
}

/** A report in one sentence, for a model to read. */
export const sentenceOf = ({ place, sky, temperature, low, high, windKmh, unit }: Report): string => {
  const sign = unit === 'celsius' ? '°C' : '°F';
  return `${place}: ${sky}, ${temperature} ${sign} (${low} to ${high} ${sign}), wind ${windKmh} km/h.`;
};

import type { ModelParameters } from '../../state/asked-with.ts';

const LONGEST = 30;

/** What is set, each in a few words: `temperature 0.2`. */
export const changedWords = (parameters: ModelParameters): readonly string[] =>
  Object.entries(parameters).map(([key, value]) => `${wordsOf(key)} ${textOf(value)}`);

const wordsOf = (key: string): string =>
  key
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/[_-]+/g, ' ')
    .toLowerCase();

function textOf(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

import type { AvailableModel } from '@parley/contracts';

const plain = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
const squeezed = (text: string): string => text.replaceAll(/[^\p{L}\p{N}]/gu, '');

const AT_START = 100;
const AT_WORD = 80;
const INSIDE = 50;
const SCATTERED = 20;

/** How well a word is found in a text, 0 when it is not: at its start, at the start of a word, inside, or letter by letter. */
function scoreWord(text: string, word: string): number {
  const at = text.indexOf(word);
  if (at === 0) return AT_START;
  if (at > 0) return /[\p{L}\p{N}]/u.test(text[at - 1] ?? '') ? INSIDE : AT_WORD;
  const letters = squeezed(text);
  const sought = squeezed(word);
  if (sought === '') return 0;
  if (letters.includes(sought)) return INSIDE;
  return isScattered(letters, sought) ? SCATTERED : 0;
}

/** Whether the letters come one after the other, without too much between them. */
function isScattered(text: string, letters: string): boolean {
  let at = -1;
  let first = -1;
  for (const letter of letters) {
    at = text.indexOf(letter, at + 1);
    if (at === -1) return false;
    if (first === -1) first = at;
  }
  return letters.length > 1 && at - first < letters.length * 3;
}

/** Each field counts less than the one before it. */
const WEIGHTS = [3, 2, 1];

function scoreModel({ id, name, providerTitle, provider }: AvailableModel, words: readonly string[]): number {
  const fields = [name, id.slice(provider.length + 1), `${providerTitle} ${provider}`].map(plain);
  let total = 0;
  for (const word of words) {
    const best = Math.max(...fields.map((field, index) => scoreWord(field, word) * (WEIGHTS[index] ?? 1)));
    if (best === 0) return 0;
    total += best;
  }
  return total;
}

/** The models that fit every word of a query by name, id or provider, the best first. */
export function findModels(models: readonly AvailableModel[], query: string): readonly AvailableModel[] {
  const words = plain(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return models;
  return models
    .map((model) => ({ model, score: scoreModel(model, words) }))
    .filter(({ score }) => score > 0)
    .toSorted((one, other) => other.score - one.score)
    .map(({ model }) => model);
}

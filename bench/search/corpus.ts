const SYLLABLES = ['ba', 'de', 'fi', 'go', 'hu', 'ka', 'le', 'mi', 'no', 'pu', 'ra', 'se', 'ti', 'vo', 'wu', 'ze'];
const VOCABULARY = 50_000;
const WORDS_PER_TEXT = 25;

/** The same numbers from 0 to 1 each time. */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state >>> 0) / 4_294_967_296;
  };
}

/** The word at a place of the vocabulary, the commonest first; no word is the beginning of a commoner one. */
export function wordAt(rank: number): string {
  const digits = rank.toString(16).padStart(4, '0');
  return Array.from(digits, (digit) => SYLLABLES[Number.parseInt(digit, 16)] ?? '').join('');
}

const weights = Array.from({ length: VOCABULARY }, (_, rank) => 1 / (rank + 1));
const total = weights.reduce((sum, weight) => sum + weight, 0);
let sum = 0;
const upTo = Float64Array.from(weights, (weight) => (sum += weight / total));

function rankAt(share: number): number {
  let [low, high] = [0, VOCABULARY - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((upTo[middle] ?? 1) < share) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A text whose words are as common as those of a language are: the second half as common as the first, and so on. */
export const createText = (random: () => number): string =>
  Array.from({ length: WORDS_PER_TEXT }, () => wordAt(rankAt(random()))).join(' ');

/** Kinds of searches, from a word of few texts to one of nearly all; each has several, so that no answer is just kept. */
export const queries: Readonly<Record<string, readonly string[]>> = {
  rare: Array.from({ length: 8 }, (_, count) => wordAt(20_000 + 97 * count)),
  middle: Array.from({ length: 8 }, (_, count) => wordAt(220 + 7 * count)),
  common: Array.from({ length: 4 }, (_, count) => wordAt(count)),
  prefix: Array.from({ length: 8 }, (_, count) => wordAt(0x1200 + 0x110 * count).slice(0, 5)),
  phrase: Array.from({ length: 4 }, (_, count) => `"${wordAt(count)} ${wordAt(count + 1)}"`),
};

const LONGEST = 160;

/** The latest sentence or line of a reasoning text, as plain words in one line. */
export function lastThought(text: string): string {
  const end = text.trimEnd().slice(-600);
  const sentences = end.split(/(?<=[.!?。！？؟])\s+|\n+/u).filter((sentence) => sentence.trim() !== '');
  const words = (sentences.at(-1) ?? '').replaceAll(/[*_`#>]+/g, '').trim();
  return words.length > LONGEST ? `${words.slice(0, LONGEST)}…` : words;
}

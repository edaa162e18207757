/** The forms in which the name of a thing stands in source: one thing, and several of them. */
export interface Words {
  readonly singular: readonly string[];
  readonly plural: readonly string[];
}

const RESERVED = new Set(['new', 'clas', 'proces', 'thi', 'acces', 'addres', 'statu', 'bu', 'cla']);

/**
 * The words of a plugin's id. Shape: `reading-lists` holds `reading list`s; an id that is no plural, such as `todo`,
 * holds `todo entry`s, so that both forms differ and no two names of the template become one.
 */
export function wordsOf(id: string): Words {
  const plural = (id.split('.').at(-1) ?? id).split('-');
  const last = plural.at(-1) ?? '';
  const stem = last.replace(/s$/, '');
  const isPlural = last.endsWith('s') && !last.endsWith('ss') && !RESERVED.has(stem);
  return { plural, singular: isPlural ? [...plural.slice(0, -1), stem] : [...plural, 'entry'] };
}

/** The words of an id that names no thing there are several of. */
export const allWordsOf = (id: string): Words => ({ singular: id.split('-'), plural: id.split('-') });

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** How words are written, by the place they stand in. */
export const STYLES = {
  /** `readingLists` */
  camel: (words: readonly string[]) => words.map((word, index) => (index === 0 ? word : capital(word))).join(''),
  /** `ReadingLists` */
  pascal: (words: readonly string[]) => words.map(capital).join(''),
  /** `reading-lists` */
  kebab: (words: readonly string[]) => words.join('-'),
  /** `READING_LISTS` */
  upper: (words: readonly string[]) => words.join('_').toUpperCase(),
  /** `reading lists` */
  prose: (words: readonly string[]) => words.join(' '),
  /** `Reading lists` */
  sentence: (words: readonly string[]) => capital(words.join(' ')),
} as const;

/** One thing to do. */
export interface Item {
  readonly id: string;
  readonly text: string;
  readonly isDone: boolean;
}

/** The list with one more thing to do, last; unchanged when there are no words. */
export function addItem(items: readonly Item[], id: string, text: string): readonly Item[] {
  const words = text.trim();
  return words === '' ? items : [...items, { id, text: words, isDone: false }];
}

/** The list with one thing done, or to be done again. */
export const setDone = (items: readonly Item[], id: string, isDone: boolean): readonly Item[] =>
  items.map((item) => (item.id === id ? { ...item, isDone } : item));

/** The list without what is done. */
export const withoutDone = (items: readonly Item[]): readonly Item[] => items.filter(({ isDone }) => !isDone);

import type { ErasedItem } from '../contract/index.ts';

const keyOf = ({ pluginId, what }: ErasedItem): string => `${pluginId} ${what}`;

function combine(
  one: readonly ErasedItem[],
  other: readonly ErasedItem[],
  count: (left: number, right: number) => number,
): ErasedItem[] {
  const items = new Map(one.map((item) => [keyOf(item), item]));
  for (const item of other) {
    const known = items.get(keyOf(item));
    items.set(keyOf(item), known ? { ...known, count: count(known.count, item.count) } : item);
  }
  return [...items.values()].filter((item) => item.count > 0);
}

/** What two steps have erased together. */
export const addItems = (one: readonly ErasedItem[], other: readonly ErasedItem[]): ErasedItem[] =>
  combine(one, other, (left, right) => left + right);

/**
 * What two counts of the same say at least: the one from before something was erased, and the one of what this process
 * has erased, which may have been killed in between.
 */
export const mostItems = (one: readonly ErasedItem[], other: readonly ErasedItem[]): ErasedItem[] =>
  combine(one, other, Math.max);

/** How many there are in all. */
export const totalOf = (items: readonly ErasedItem[]): number => items.reduce((sum, { count }) => sum + count, 0);

/** `conversations.message` as an item: what stands before the last dot is the plugin. */
export function toItem({ collection, count }: { readonly collection: string; readonly count: number }): ErasedItem {
  const dot = collection.lastIndexOf('.');
  return { pluginId: collection.slice(0, dot), what: collection.slice(dot + 1), count };
}

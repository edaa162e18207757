import type * as z from 'zod';

/** How many contributions a slot shows: a list, one per key, or a single one. */
export type SlotArity = 'many' | 'keyed' | 'one';

/** A named, typed place in the page that plugins fill. */
export interface Slot<P> {
  readonly id: string;
  readonly arity: SlotArity;
  /** What the place is for, one sentence, for the reference docs. */
  readonly summary: string;
  /** Props each contribution receives. */
  readonly props: z.ZodType<P>;
}

/** A slot as data; the shell or a plugin's web side renders it. */
export function defineSlot<P>(slot: Slot<P>): Slot<P> {
  return slot;
}

/** The props of a contribution to slot `S`. */
export type SlotProps<S> = S extends Slot<infer P> ? P : never;

/**
 * One contribution as the manifest states it, so that the shell lays out menus, tabs and placeholders before any code
 * of the plugin runs.
 */
export interface SlotContribution {
  /** Unique within the plugin and slot; a panel's id stands in the URL. */
  readonly id: string;
  /** Which item of a keyed slot this draws: a part type, a language, a path. */
  readonly key?: string;
  readonly title?: string;
  /** One SVG path in a 24 x 24 box, drawn with the current colour. */
  readonly icon?: string;
  /** Shown only to who holds it; the operations behind it check for themselves. */
  readonly permission?: string;
  /** Smaller comes first; 500 without one. Equal ones follow plugin id, then id. */
  readonly order?: number;
}

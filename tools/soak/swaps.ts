// Changes of a running composition, chosen by a seed.
import type { Composition, PluginUse } from '@parley/kernel';

/** Numbers from 0 to 1, the same for the same seed: mulberry32. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const idOf = ({ id, plugin }: PluginUse): string => id ?? plugin.id;

type Edit = (use: PluginUse, counter: number) => PluginUse;
const configure =
  (settings: (counter: number) => object): Edit =>
  (use, counter) => ({ ...use, config: { ...(use.config as object | undefined), ...settings(counter) } });
/** The same code as another definition, as an update would bring it. */
const replace: Edit = (use) => ({ ...use, plugin: { ...use.plugin } });

/** What may happen to which plugin; one that stands twice is chosen twice as often. */
const EDITS: readonly (readonly [id: string, edit: Edit | 'toggle'])[] = [
  ['stamp-a', configure((mark) => ({ mark }))],
  ['stamp-a', configure((mark) => ({ mark }))],
  ['stamp-b', configure((mark) => ({ mark }))],
  ['stamp-b', 'toggle'],
  ['stamp-a', replace],
  ['notes', 'toggle'],
  ['notes', configure((counter) => ({ maxNotesPerConversation: 100 + counter }))],
  ['provider-demo', configure((counter) => ({ pieceDelayMs: 15 + (counter % 10) }))],
  ['provider-demo', replace],
  ['chat', configure((counter) => ({ logRetentionHours: 24 + (counter % 60) }))],
  ['chat', replace],
  ['events', replace],
  ['conversations', replace],
  ['identity', replace],
  ['cache-memory', configure((counter) => ({ maxEntries: 50_000 + counter }))],
  ['storage-sqlite', configure((counter) => ({ sweepSeconds: 30 + (counter % 60) }))],
];

/** Compositions that follow each other, each one change away from the last. */
export function createSwaps(first: Composition, random: () => number): () => { target: Composition; label: string } {
  let plugins = first.plugins;
  let order = 0;
  let counter = 0;
  return () => {
    counter += 1;
    if (counter % 20 === 0) {
      order += 1;
      const names = order % 2 === 0 ? ['stamp-a', '*', 'stamp-b'] : ['stamp-b', '*', 'stamp-a'];
      return { label: 'order', target: { ...first, plugins, order: { 'chat.stream': names, 'chat.prompt': names } } };
    }
    const [id, edit] = EDITS[Math.floor(random() * EDITS.length)] as (typeof EDITS)[number];
    const original = first.plugins.find((use) => idOf(use) === id);
    if (original === undefined) throw new Error(`There is no ${id} to change`);
    const isThere = plugins.some((use) => idOf(use) === id);
    if (edit === 'toggle' || !isThere) {
      plugins = isThere
        ? plugins.filter((use) => idOf(use) !== id)
        : first.plugins.filter((use) => idOf(use) === id || plugins.some((each) => idOf(each) === idOf(use)));
      return { label: `${isThere ? 'disable' : 'enable'} ${id}`, target: { ...first, plugins } };
    }
    plugins = plugins.map((use) => (idOf(use) === id ? edit(use, counter) : use));
    return { label: `${edit === replace ? 'replace' : 'configure'} ${id}`, target: { ...first, plugins } };
  };
}

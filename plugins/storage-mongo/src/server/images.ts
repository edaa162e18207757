import type { StoredRecord } from '@parley/contracts';
import type { Change } from './draft.ts';

/** Records as they were when a backup began, of those that changed since; `undefined` was not there yet. */
export type Images = ReadonlyMap<string, ReadonlyMap<string, StoredRecord | undefined>>;

/** Keeps what backups under way still have to read. */
export interface ImageKeeper {
  /** Keeps images from now on, until it is ended. */
  open(): { readonly images: Images; readonly end: () => void };
  /** Called before changes are made. Gives what takes the images back when they were not. */
  keep(changes: readonly Change[]): () => void;
}

/** For servers without snapshots: what this process is about to change is kept as it was. */
export function createImageKeeper(): ImageKeeper {
  const open = new Set<Map<string, Map<string, StoredRecord | undefined>>>();
  return {
    open() {
      const images = new Map<string, Map<string, StoredRecord | undefined>>();
      open.add(images);
      return { images, end: () => void open.delete(images) };
    },
    keep(changes) {
      const undo: (() => void)[] = [];
      for (const images of open) {
        for (const { layout, id, before } of changes) {
          const kept = images.get(layout.collection.name) ?? new Map<string, StoredRecord | undefined>();
          images.set(layout.collection.name, kept);
          if (kept.has(id)) continue;
          kept.set(id, before);
          undo.push(() => kept.delete(id));
        }
      }
      return () => {
        for (const step of undo) step();
      };
    },
  };
}

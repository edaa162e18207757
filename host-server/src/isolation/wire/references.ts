import { isolationErrors } from '../isolation-errors.ts';

/** Something this process holds for the other one. */
export interface Export {
  readonly target: object;
  /** What it is, for errors. */
  readonly what: string;
  /** Refuses methods that answer at once: what other plugins see as an interface must be the same on both sides. */
  readonly isInterface: boolean;
  /** How often it was sent; the other process gives back as many. */
  sent: number;
}

/** What this process holds for the other one, by number, until that one no longer knows it. */
export interface Exports {
  /** The number of `target`, counted as sent once more. @throws ISOLATION_PROTOCOL when there are too many */
  give(target: object, what: string, isInterface?: boolean): number;
  /** @throws ISOLATION_GONE */
  get(id: number): Export;
  /** The other process has forgotten what it was sent `count` times. */
  release(id: number, count: number): void;
  size(): number;
}

/** An empty table of at most `limit` things; 0 is the root. */
export function createExports(root: object, limit: number): Exports {
  const byId = new Map<number, Export>([[0, { target: root, what: 'the process', isInterface: false, sent: 1 }]]);
  const ids = new Map<object, number>();
  let next = 1;
  return {
    give(target, what, isInterface = false) {
      const known = ids.get(target);
      const entry = known === undefined ? undefined : byId.get(known);
      if (entry !== undefined && known !== undefined) {
        entry.sent += 1;
        return known;
      }
      if (byId.size > limit) throw isolationErrors.PROTOCOL({ reason: `it holds more than ${limit} references` });
      const id = next++;
      byId.set(id, { target, what, isInterface, sent: 1 });
      ids.set(target, id);
      return id;
    },
    get(id) {
      const entry = byId.get(id);
      if (entry === undefined) throw isolationErrors.GONE({ what: `reference ${id}` });
      return entry;
    },
    release(id, count) {
      const entry = byId.get(id);
      if (entry === undefined || id === 0) return;
      entry.sent -= count;
      if (entry.sent > 0) return;
      byId.delete(id);
      ids.delete(entry.target);
    },
    size: () => byId.size,
  };
}

/** What the other process holds for this one. */
export interface Imports {
  /** The one object that stands for number `id` here, made when there is none. */
  take<T extends object>(id: number, make: () => T): T;
  /** The number behind an object that stands for something of the other process. */
  idOf(value: object): number | undefined;
}

/** An empty table; `forget` is told of what nobody here holds any more, and how often it was received. */
export function createImports(forget: (id: number, count: number) => void): Imports {
  const known = new Map<number, { readonly ref: WeakRef<object>; received: number }>();
  const ids = new WeakMap<object, number>();
  const registry = new FinalizationRegistry<number>((id) => {
    const entry = known.get(id);
    if (entry === undefined || entry.ref.deref() !== undefined) return;
    known.delete(id);
    forget(id, entry.received);
  });
  return {
    take<T extends object>(id: number, make: () => T): T {
      const entry = known.get(id);
      const present = entry?.ref.deref() as T | undefined;
      if (entry !== undefined && present !== undefined) {
        entry.received += 1;
        return present;
      }
      const made = make();
      // What was received before and is gone, but not yet given back, is given back with this one.
      known.set(id, { ref: new WeakRef(made), received: (entry?.received ?? 0) + 1 });
      ids.set(made, id);
      registry.register(made, id);
      return made;
    },
    idOf: (value) => ids.get(value),
  };
}

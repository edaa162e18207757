import { atom, type PrimitiveAtom, type WritableAtom } from 'jotai';
import { atomWithStorage } from 'jotai/utils';
import type { AtomScope } from './web-host.ts';

/** Gives the same atom for the same name. */
export type Atoms = <T>(name: string, initial: T, scope: AtomScope) => PrimitiveAtom<T>;

/** Whose preferences are read; the host keeps it in step with the session. */
export const userIdAtom = atom('anonymous');

/**
 * The atoms of the page by name. A persisted one lives in the browser's storage under `ui:<userId>:<name>`, follows
 * other tabs, and becomes the other user's when somebody else signs in.
 */
export function createAtoms(): Atoms {
  const known = new Map<string, unknown>();
  return <T>(name: string, initial: T, scope: AtomScope): PrimitiveAtom<T> => {
    const key = `${scope}:${name}`;
    const found = known.get(key) ?? (scope === 'persist' ? persisted(name, initial) : atom(initial));
    known.set(key, found);
    return found as PrimitiveAtom<T>;
  };
}

type Update<T> = T | ((previous: T) => T);

function persisted<T>(name: string, initial: T): WritableAtom<T, [Update<T>], void> {
  const byUser = new Map<string, PrimitiveAtom<T>>();
  const of = (userId: string): PrimitiveAtom<T> => {
    const stored =
      byUser.get(userId) ?? atomWithStorage(`ui:${userId}:${name}`, initial, undefined, { getOnInit: true });
    byUser.set(userId, stored);
    return stored;
  };
  return atom(
    (get) => get(of(get(userIdAtom))),
    (get, set, update: Update<T>) => set(of(get(userIdAtom)), update as T),
  );
}

import { atom, type PrimitiveAtom } from 'jotai';
import { atomWithStorage } from 'jotai/utils';
import type { AtomScope } from './web-host.ts';

/** Gives the same atom for the same name. */
export type Atoms = <T>(name: string, initial: T, scope: AtomScope) => PrimitiveAtom<T>;

/**
 * The atoms of the page by name. A persisted one lives in the browser's storage under `ui:<userId>:<name>` and follows
 * other tabs; who is signed in decides the key at the moment of asking.
 */
export function createAtoms(userId: () => string): Atoms {
  const known = new Map<string, PrimitiveAtom<unknown>>();
  return <T>(name: string, initial: T, scope: AtomScope): PrimitiveAtom<T> => {
    const key = scope === 'persist' ? `ui:${userId()}:${name}` : `tab:${name}`;
    const found = known.get(key) ?? (create(key, initial, scope) as PrimitiveAtom<unknown>);
    known.set(key, found);
    return found as PrimitiveAtom<T>;
  };
}

const create = <T>(key: string, initial: T, scope: AtomScope): PrimitiveAtom<T> =>
  scope === 'persist'
    ? (atomWithStorage(key, initial, undefined, { getOnInit: true }) as PrimitiveAtom<T>)
    : atom(initial);

/** Thrown by a case that does not apply to its subject; its message says why. */
export class KitSkip extends Error {}

/**
 * What a case does to the implementation: answers late, connections that break, calls that come twice, calls that
 * overtake each other, very large values, callers that leave.
 */
export const FAULTS = ['slow', 'cut', 'duplicate', 'reorder', 'huge', 'abort'] as const;
/** One kind of fault. */
export type Fault = (typeof FAULTS)[number];

/** One promise of a capability. Shape: `name` is a plain sentence; `run` throws when the promise is broken, and `KitSkip` when it does not apply. */
export interface KitCase<S> {
  readonly name: string;
  readonly run: (subject: S) => Promise<void>;
  /** The fault under which the promise is kept; without one, nothing goes wrong. */
  readonly fault?: Fault;
  /** 10 000 without one. */
  readonly timeoutMs?: number;
}

/** What every implementation of a capability must do, as data: any runner can play it. */
export interface Kit<S> {
  /** The capability's id. */
  readonly capability: string;
  readonly cases: readonly KitCase<S>[];
}

/** An implementation under test, fresh for each case, with the way to be rid of it. */
export interface KitSubject<S> {
  readonly value: S;
  dispose(): Promise<void> | void;
}

/** Makes a fresh subject. */
export type MakeSubject<S> = () => Promise<KitSubject<S>> | KitSubject<S>;

/** A kit as data; checks that no two cases have one name. */
export function defineKit<S>(kit: Kit<S>): Kit<S> {
  const names = kit.cases.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`Kit ${kit.capability} has two cases named "${twice}"; rename one`);
  return kit;
}

/** Ends a case that does not apply to its subject. @throws KitSkip */
export function skip(reason: string): never {
  throw new KitSkip(reason);
}

import type { Random } from './random.ts';

/** Numbers and words of the closing line, in its order. */
export type Facts = Readonly<Record<string, number | string>>;

/** One run of a scenario: how much of it, and where it tells what it finds. */
export interface Trial {
  readonly loops: number;
  readonly random: Random;
  /** Outages last as long as the promise names; the short form takes seconds. */
  readonly isShort: boolean;
  /** The checker is handed a lie, which it must find: proof that it can fail. */
  readonly isSabotaged: boolean;
  /** An empty folder of its own, removed afterwards. */
  readonly folder: string;
  /** A line for people. */
  readonly say: (line: string) => void;
  /** Something is not as promised; the trial goes on and will have failed. */
  readonly wrong: (problem: string) => void;
}

/** A fault, and what must hold through it. */
export interface Scenario {
  /** Of the published checks. */
  readonly id: string;
  readonly title: string;
  readonly loops: { readonly full: number; readonly short: number };
  /** Why it can not run here; `undefined` when it can. */
  readonly lacks?: () => string | undefined | Promise<string | undefined>;
  /** Plays it; resolves with what the closing line says. */
  readonly play: (trial: Trial) => Promise<Facts>;
}

import type { RunEvent } from '@parley/contracts';
import type { Person } from './person.ts';
import { textOfEvents } from './text.ts';

/** Somebody who reads an answer while it is written. */
export interface Reader {
  /** What has arrived so far, in the order it came. */
  readonly seen: readonly RunEvent[];
  /** When each piece arrived, on the clock of `performance.now()`. */
  readonly arrivals: readonly number[];
  /** Resolves when the stream has ended: with its end, or with the connection. */
  readonly ended: Promise<void>;
  /** Takes one event out, as if a piece had been shown that was never stored so. */
  forge(): void;
  /** Resolves once this many events have arrived. */
  has(count: number): Promise<void>;
}

/** Reads a run from its beginning, over one connection. */
export function startReader(person: Person, streamId: string): Reader {
  const seen: RunEvent[] = [];
  const arrivals: number[] = [];
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  const wake = (): void => {
    for (const { count, resolve } of waiting) if (seen.length >= count) resolve();
  };
  const read = async (): Promise<void> => {
    try {
      for await (const { event } of person.chat.stream({ streamId })) {
        seen.push(event);
        arrivals.push(performance.now());
        wake();
      }
    } catch {
      // The server went away, as it was meant to.
    }
  };
  return {
    seen,
    arrivals,
    ended: read(),
    forge: () => void seen.splice(3, 1),
    has: (count) =>
      new Promise((resolve) => {
        waiting.push({ count, resolve });
        wake();
      }),
  };
}

/** How long each piece of the model in this process was on its way to the reader. Units: milliseconds. */
export const latenciesOf = ({ seen, arrivals }: Reader): readonly number[] =>
  seen.flatMap((event, index) =>
    [...textOfEvents([event]).matchAll(/ t([\d.]+)/g)].map(([, at]) => (arrivals[index] ?? 0) - Number(at)),
  );

/** The value that so much of all values is not above; 0 of none. */
function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * part) - 1] ?? 0;
}
/** The value that 95 % are not above. */
export const p95 = (values: readonly number[]): number => quantile(values, 0.95);
/** The value in the middle. */
export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** The first event that is missing or different in what is stored; `undefined` when everything seen is there. */
export function findDifference(seen: readonly RunEvent[], stored: readonly RunEvent[]): string | undefined {
  const index = seen.findIndex((event, at) => JSON.stringify(event) !== JSON.stringify(stored[at]));
  if (index === -1) return undefined;
  return `event ${index + 1} was shown as ${JSON.stringify(seen[index])} and is ${JSON.stringify(stored[index])}`;
}

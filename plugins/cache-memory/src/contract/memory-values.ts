import { checkStep, checkTtl } from './check-arguments.ts';

/** One value. Units: `expiresAt` as `elapsed` counts; never without one. */
export interface Entry {
  readonly value: string;
  readonly expiresAt: number | undefined;
}

/** Puts `value` under `key` as the one used last, and drops what was not used for longest beyond `maxEntries`. */
export function putLast<V>(entries: Map<string, V>, key: string, value: V, maxEntries: number): void {
  entries.delete(key);
  entries.set(key, value);
  // Several at once only where a cache before this one was allowed more.
  for (const oldest of entries.keys()) {
    if (entries.size <= maxEntries) return;
    entries.delete(oldest);
  }
}

/** The sum a counter stands at. @throws TypeError for a value that is no whole number */
export function toSum(value: string | undefined, key: string): number {
  if (value === undefined) return 0;
  const sum = Number(value);
  if (/^(0|-?[1-9]\d*)$/.test(value) && Number.isSafeInteger(sum)) return sum;
  throw new TypeError(`increment needs a whole number under ${key}, there is a text`);
}

/** Values and counters in this process. */
export function createMemoryValues(deps: {
  readonly entries: Map<string, Entry>;
  readonly maxEntries: number;
  readonly elapsed: () => number;
}) {
  const { entries, maxEntries, elapsed } = deps;
  const find = (key: string): Entry | undefined => {
    const entry = entries.get(key);
    if (entry?.expiresAt === undefined || entry.expiresAt > elapsed()) return entry;
    entries.delete(key);
    return undefined;
  };
  const expiryOf = (ttlMs: number | undefined) => (ttlMs === undefined ? undefined : elapsed() + checkTtl(ttlMs));
  return {
    get(key: string): string | undefined {
      const entry = find(key);
      if (entry !== undefined) putLast(entries, key, entry, maxEntries);
      return entry?.value;
    },
    set(key: string, value: string, ttlMs: number | undefined): void {
      putLast(entries, key, { value, expiresAt: expiryOf(ttlMs) }, maxEntries);
    },
    increment(key: string, by: number, ttlMs: number | undefined): number {
      const entry = find(key);
      const sum = toSum(entry?.value, key) + checkStep(by);
      const fresh = expiryOf(ttlMs);
      putLast(
        entries,
        key,
        { value: String(sum), expiresAt: entry === undefined ? fresh : entry.expiresAt },
        maxEntries,
      );
      return sum;
    },
  };
}

import type { RegisteredTap } from './registered-tap.ts';

/** Whether a tap wants this value. */
export type Matcher = (value: unknown) => boolean;

/** What tells whether a tap wants a value; `undefined` for a tap that takes all. */
export function matcherOf(tap: RegisteredTap): Matcher | undefined {
  const tests = Object.entries(tap.order.when ?? {});
  if (tests.length === 0) return undefined;
  return (value) => {
    if (typeof value !== 'object' || value === null) return false;
    const fields = value as Readonly<Record<string, unknown>>;
    return tests.every(([field, expected]) => fields[field] === expected);
  };
}

import { isKeptSecret } from '@parley/ui/schema-form';

type Settings = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Settings =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isKeptSecret(value);
const isEqual = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/**
 * What changed between two states of settings, as `configure` takes it: `null` for what was taken out, objects key by
 * key, everything else as a whole.
 */
export function settingsPatch(before: Settings, after: Settings): Record<string, unknown> {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return Object.fromEntries(
    keys.flatMap((key): [string, unknown][] => {
      const [was, is] = [before[key], after[key]];
      if (is === undefined) return was === undefined ? [] : [[key, null]];
      if (isEqual(was, is)) return [];
      return [[key, isObject(was) && isObject(is) ? settingsPatch(was, is) : is]];
    }),
  );
}

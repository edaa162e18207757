import { isDeepStrictEqual } from 'node:util';
import { SECRET_PLACEHOLDER } from '@parley/contracts';
import { isPlainObject } from './settings-patch.ts';

type Path = readonly PropertyKey[];
/** Whether the value at a path is a secret. */
export type IsSecret = (path: Path) => boolean;

const stepsOf = (pattern: string): readonly string[] => pattern.replaceAll('[]', '.[]').split('.').filter(Boolean);

const matches = (steps: readonly string[], path: Path): boolean =>
  steps.length === path.length &&
  steps.every((step, index) => {
    const given = path[index];
    return typeof given === 'number' ? step === '[]' || step === String(given) : step === '*' || step === given;
  });

/** Knows secrets by the paths of a manifest (`apiKey`, `servers[].token`, `tokens.*`) and by exact ones. */
export function createIsSecret(patterns: readonly string[], exact: readonly Path[] = []): IsSecret {
  const all = patterns.map(stepsOf);
  return (path) =>
    all.some((steps) => matches(steps, path)) ||
    exact.some((each) => each.length === path.length && each.every((step, index) => step === path[index]));
}

/** A copy of settings with `change` done to each secret that is set. */
export function mapSecrets(
  value: unknown,
  isSecret: IsSecret,
  change: (secret: unknown, path: Path) => unknown,
  path: Path = [],
): unknown {
  if (value !== undefined && value !== null && isSecret(path)) return change(value, path);
  if (Array.isArray(value)) return value.map((item, index) => mapSecrets(item, isSecret, change, [...path, index]));
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, mapSecrets(item, isSecret, change, [...path, key])]),
  );
}

/** A copy of settings that may be shown: a placeholder in place of each secret. */
export const hideSecrets = (settings: unknown, isSecret: IsSecret): unknown =>
  mapSecrets(settings, isSecret, () => ({ ...SECRET_PLACEHOLDER }));

const isPlaceholder = (value: unknown): boolean => isPlainObject(value) && value['$secret'] === true;

/** Whether a secret stands anywhere in a value as a placeholder only. */
const holdsPlaceholder = (value: unknown): boolean =>
  isPlaceholder(value) ||
  (Array.isArray(value) && value.some(holdsPlaceholder)) ||
  (isPlainObject(value) && Object.values(value).some(holdsPlaceholder));

/**
 * Settings that came back from somebody who saw placeholders: one in an object is left out, which keeps what is set; in
 * a list each item gets the secrets of the present item that is otherwise equal, so that a secret never moves to
 * another place. Shape: `unknown` names the paths of placeholders nothing stands behind.
 */
export function keepSecrets(
  change: unknown,
  current: unknown,
  isSecret: IsSecret,
): { readonly settings: unknown; readonly unknown: readonly string[] } {
  const unknown: string[] = [];
  const keep = (value: unknown, present: unknown, path: Path): unknown => {
    if (Array.isArray(value)) return value.map((item, index) => keepItem(item, present, [...path, index]));
    if (!isPlainObject(value)) return value;
    const kept: [string, unknown][] = [];
    for (const [key, item] of Object.entries(value)) {
      const inner = isPlainObject(present) ? present[key] : undefined;
      if (!isPlaceholder(item)) kept.push([key, keep(item, inner, [...path, key])]);
      else if (inner === undefined) unknown.push([...path, key].join('.'));
    }
    return Object.fromEntries(kept);
  };
  const keepItem = (item: unknown, present: unknown, path: Path): unknown => {
    if (!holdsPlaceholder(item)) return item;
    const same = (Array.isArray(present) ? present : []).find((each, index) =>
      isDeepStrictEqual(
        mapSecrets(each, isSecret, () => SECRET_PLACEHOLDER, [...path.slice(0, -1), index]),
        item,
      ),
    );
    if (same === undefined) unknown.push(path.join('.'));
    return same;
  };
  return { settings: keep(change, current, []), unknown };
}

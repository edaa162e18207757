import { Secret } from '@parley/contracts';

type Fields = Readonly<Record<string, unknown>>;

/** An object of fields, also one that was made elsewhere or without a prototype. */
function isPlain(value: unknown): value is Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

const isSameSecret = (left: unknown, right: unknown): boolean =>
  left instanceof Secret && right instanceof Secret && left.reveal() === right.reveal();

/**
 * Dotted paths of what differs between two settings, never their values. Shape: lists differ as a whole; `[]` when nothing
 * differs, and the path itself when two single values do.
 */
export function changedPaths(left: unknown, right: unknown, path = ''): readonly string[] {
  if (Object.is(left, right) || isSameSecret(left, right)) return [];
  if (isPlain(left) && isPlain(right)) {
    const names = [...new Set([...Object.keys(left), ...Object.keys(right)])];
    return names.flatMap((name) => changedPaths(left[name], right[name], path === '' ? name : `${path}.${name}`));
  }
  if (Array.isArray(left) && Array.isArray(right) && left.length === right.length) {
    const isSame = left.every((item, index) => changedPaths(item, right[index], path).length === 0);
    if (isSame) return [];
  }
  return [path];
}

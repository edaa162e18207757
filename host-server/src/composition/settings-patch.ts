/** Settings as plain data. */
export type Settings = Readonly<Record<string, unknown>>;

/** Whether a value is a plain object, whose keys are settings of their own. */
export const isPlainObject = (value: unknown): value is Settings =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** `above` over `below`: objects are merged, anything else replaces what was there. */
export function mergeSettings(below: unknown, above: unknown): unknown {
  if (above === undefined) return below;
  if (!isPlainObject(below) || !isPlainObject(above)) return above;
  const merged: Record<string, unknown> = { ...below };
  for (const [key, value] of Object.entries(above)) merged[key] = mergeSettings(below[key], value);
  return merged;
}

/** A patch with one more change on it: `null` takes a key back (RFC 7396). Nothing is left of a patch that says nothing. */
export function changePatch(patch: Settings, change: Settings): Settings {
  const changed: Record<string, unknown> = { ...patch };
  for (const [key, value] of Object.entries(change)) {
    if (value === null) delete changed[key];
    else if (isPlainObject(value)) {
      const inner = changePatch(isPlainObject(changed[key]) ? changed[key] : {}, value);
      if (Object.keys(inner).length > 0 || Object.keys(value).length === 0) changed[key] = inner;
      else delete changed[key];
    } else changed[key] = value;
  }
  return changed;
}

/** Paths of all values that are set: keys of objects, lists and placeholders of secrets as a whole. */
export function settingPaths(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  const isValue = !isPlainObject(value) || '$secret' in value || Object.keys(value).length === 0;
  if (isValue) {
    return path.length > 0 ? [path] : [];
  }
  return Object.entries(value).flatMap(([key, item]) => settingPaths(item, [...path, key]));
}

/** The value at a path, or nothing. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, step) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, step)
        ? (at as Record<PropertyKey, unknown>)[step]
        : undefined,
    value,
  );
}

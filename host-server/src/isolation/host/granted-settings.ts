import type { DeniedSetting } from '../start-message.ts';

const isObject = (value: unknown): value is object =>
  typeof value === 'object' &&
  value !== null &&
  (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype);

/** Settings without those that must not be read here either, and where they stood. */
export function grantedSettings(settings: unknown): {
  readonly settings: unknown;
  readonly denied: readonly DeniedSetting[];
} {
  const denied: DeniedSetting[] = [];
  const copy = (value: unknown, path: DeniedSetting): unknown => {
    if (!isObject(value)) return value;
    const made: object = Array.isArray(value) ? [] : {};
    for (const name of Object.keys(value)) {
      const descriptor = Object.getOwnPropertyDescriptor(value, name);
      const at = [...path, name];
      if (descriptor?.get) denied.push(at);
      else Object.assign(made, { [name]: copy(descriptor?.value, at) });
    }
    return made;
  };
  return { settings: copy(settings, []), denied };
}

/** Reads a setting that is denied, so that the refusal is noted where all of them are. */
export function readDenied(settings: unknown, path: DeniedSetting): void {
  try {
    path.reduce((value, name) => (value as Readonly<Record<string, unknown>> | undefined)?.[name], settings);
  } catch {
    // What it throws is known to the child already.
  }
}

/**
 * Settings from `--set name=value`, dots for what lies inside. Shape: a value that is JSON is taken as such, any other
 * as text, so that `--set maxNotes=5` is a number and `--set title=Weather` a text.
 */
export function readSettings(given: readonly string[]): Readonly<Record<string, unknown>> {
  const settings: Record<string, unknown> = {};
  for (const each of given) {
    const at = each.indexOf('=');
    if (at < 1) throw new Error(`--set ${each} has no value; write --set name=value`);
    put(settings, each.slice(0, at).split('.'), valueOf(each.slice(at + 1)));
  }
  return settings;
}

function put(target: Record<string, unknown>, [name = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    target[name] = value;
    return;
  }
  const inner = (Object.hasOwn(target, name) ? target[name] : {}) as Record<string, unknown>;
  target[name] = inner;
  put(inner, rest, value);
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

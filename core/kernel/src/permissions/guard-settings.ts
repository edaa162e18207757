import { Secret } from '@parley/contracts';

/** Whether `servers[].token` or `tokens.*` means the value at a path such as `servers[0].token`. */
export function isSecretPath(pattern: string, path: string): boolean {
  const escaped = pattern.replace(/[.*[\]\\^$+?(){}|]/g, '\\$&');
  const source = escaped.replaceAll('\\[\\]', '\\[\\d+\\]').replaceAll('\\*', '[^.]+');
  return new RegExp(`^${source}$`).test(path);
}

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/**
 * Settings whose secrets can be read only where they are granted; reading another one throws what `refuse` gives for its
 * path. Shape: a copy, since a setting that throws must not be seen by anybody else.
 */
export function guardSettings(settings: unknown, granted: readonly string[], refuse: (path: string) => Error): unknown {
  const guard = (value: unknown, path: string): unknown => {
    if (Array.isArray(value)) return fill([], value.entries(), (index) => `${path}[${index}]`);
    if (!isPlain(value)) return value;
    return fill({}, Object.entries(value), (name) => (path === '' ? `${name}` : `${path}.${name}`));
  };
  const fill = (
    copy: object,
    entries: Iterable<[string | number, unknown]>,
    pathOf: (name: string | number) => string,
  ) => {
    for (const [name, value] of entries) {
      const path = pathOf(name);
      const isDenied = value instanceof Secret && !granted.some((pattern) => isSecretPath(pattern, path));
      const get = () => {
        throw refuse(path);
      };
      Object.defineProperty(copy, name, {
        enumerable: true,
        configurable: true,
        ...(isDenied ? { get } : { value: guard(value, path), writable: true }),
      });
    }
    return copy;
  };
  return guard(settings, '');
}

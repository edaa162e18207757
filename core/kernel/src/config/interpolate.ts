/** Where the values of `${...}` come from. */
export interface InterpolationSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The text of a file; `undefined` when there is none. */
  readonly readFile?: ((path: string) => string | undefined) | undefined;
}

/** A text with its places filled, or what is wrong with them. Shape: a secret's value is never in a problem. */
export interface Interpolated {
  readonly text: string;
  readonly problems: readonly string[];
  /** Whether a secret is in it: then it stays a text, however it looks. */
  readonly hasSecret: boolean;
}

const PLACE = /\$?\$\{([^}]*)\}/g;

function lookUp(kind: string, name: string, { env, readFile }: InterpolationSources): string | undefined {
  if (kind !== 'file') return env[name] === '' ? undefined : env[name];
  return readFile?.(name)?.replace(/\r?\n$/, '');
}

const ABSENT = {
  env: (name: string) => `the environment has no ${name}; set it or give a default with \${env:${name}:-...}`,
  secret: (name: string) => `there is no secret ${name}; set it in the environment`,
  file: (name: string) => `the file ${name} can not be read`,
};

/**
 * Fills `${env:NAME}`, `${env:NAME:-default}`, `${file:path}` and `${secret:NAME}`; nothing else is evaluated.
 * `$${` stands for `${` itself.
 */
export function interpolate(text: string, sources: InterpolationSources): Interpolated {
  const problems: string[] = [];
  let hasSecret = false;
  const filled = text.replace(PLACE, (place, inside: string) => {
    if (place.startsWith('$$')) return place.slice(1);
    const [, kind, name, fallback] = /^(env|file|secret):(.+?)(?::-(.*))?$/s.exec(inside) ?? [];
    if (kind === undefined || name === undefined) {
      problems.push(`${place} is not known; use \${env:NAME}, \${file:path} or \${secret:NAME}, or $\${ for the text`);
      return place;
    }
    hasSecret ||= kind === 'secret';
    const value = lookUp(kind, name, sources) ?? fallback;
    if (value === undefined) problems.push(ABSENT[kind as keyof typeof ABSENT](name));
    return value ?? '';
  });
  return { text: filled, problems, hasSecret };
}

/** The cookies of one browser, for one host; paths and ages count, domains do not occur. */
export interface CookieJar {
  /** Takes the cookies a reply sets. */
  store(response: Response): void;
  /** Value of the `cookie` header for a path; `undefined` without cookies. */
  header(path: string): string | undefined;
  /** Value of one cookie, whatever its path. */
  get(name: string): string | undefined;
}

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
}

/** An empty jar. */
export function createCookieJar(): CookieJar {
  const cookies = new Map<string, Cookie>();
  return {
    store(response) {
      for (const line of response.headers.getSetCookie()) {
        const { cookie, isExpired } = parse(line);
        const key = `${cookie.path} ${cookie.name}`;
        if (isExpired) cookies.delete(key);
        else cookies.set(key, cookie);
      }
    },
    header(path) {
      const sent = [...cookies.values()].filter((cookie) => covers(cookie.path, path));
      return sent.length > 0 ? sent.map(({ name, value }) => `${name}=${value}`).join('; ') : undefined;
    },
    get: (name) => [...cookies.values()].find((cookie) => cookie.name === name)?.value,
  };
}

const covers = (cookiePath: string, path: string): boolean =>
  cookiePath === '/' || path === cookiePath || path.startsWith(`${cookiePath.replace(/\/$/, '')}/`);

function parse(line: string): { cookie: Cookie; isExpired: boolean } {
  const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
  const at = pair.indexOf('=');
  const attribute = (name: string) =>
    attributes.find((part) => part.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1);
  return {
    cookie: { name: pair.slice(0, at), value: pair.slice(at + 1), path: attribute('path') ?? '/' },
    isExpired: attribute('max-age') === '0',
  };
}

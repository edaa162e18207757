import type { Client, Contract, Operations } from '@parley/contracts';
import { createClient } from '@parley/web/client';
import { createCookieJar } from './cookie-jar.ts';
import type { CookieJar } from './cookie-jar.ts';

/** One browser at a test host: it keeps its own cookies. */
export interface TestSession {
  readonly cookies: CookieJar;
  /** The typed client of a contract. */
  client<O extends Operations>(contract: Contract<O>): Client<O>;
  /** A raw request, `path` from the root of the host; for what no client would send. */
  request(path: string, init?: RequestInit): Promise<Response>;
}

/** A browser nobody has signed in with yet. */
export function createSession(url: string): TestSession {
  const cookies = createCookieJar();
  const request = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    const cookie = cookies.header(new URL(path, url).pathname);
    if (cookie !== undefined && !headers.has('cookie')) headers.set('cookie', cookie);
    const response = await fetch(new URL(path, url), { redirect: 'manual', ...init, headers });
    cookies.store(response);
    return response;
  };
  return {
    cookies,
    request,
    client: (contract) =>
      createClient(contract, { baseUrl: url, fetch: (input, init) => request(String(input), init) }),
  };
}

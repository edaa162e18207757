import type { HttpExchange } from '@parley/contracts';
import type { Accounts, PassportStrategy, StrategyOutcome } from '../contract/index.ts';

type Authenticate = Accounts['authenticate'];

/** The part of a passport instance that is used. */
interface PassportInstance {
  authenticate(
    strategy: unknown,
    options: { readonly session: false },
    done: (error: unknown, user?: unknown, challenge?: unknown) => void,
  ): (request: object, response: object, next: (error?: unknown) => void) => void;
}

/**
 * Runs passport strategies against an `HttpExchange`: passport's own `authenticate`, a request with what strategies
 * read, and a response that takes the one thing they write, a redirect. Passport is loaded by the first sign-in.
 */
export function createAuthenticate(): Authenticate {
  let loading: Promise<PassportInstance> | undefined;
  return async (strategy, { http, body = {}, query = {} }) => {
    const passport = await (loading ??= loadPassport());
    return new Promise<StrategyOutcome>((resolve, reject) => {
      const run = passport.authenticate(ownCopy(strategy), { session: false }, (error, user, challenge) => {
        if (error) reject(error);
        else if (user) resolve({ kind: 'success', user });
        else resolve({ kind: 'failure', challenge });
      });
      const redirect = (url: string) => resolve({ kind: 'redirect', url });
      run(createRequest(http, body, query), createResponse(redirect), (error) => {
        reject(error instanceof Error ? error : new Error('The strategy passed, so nothing was decided'));
      });
    });
  };
}

async function loadPassport(): Promise<PassportInstance> {
  const { Passport } = (await import('passport')).default as unknown as { Passport: new () => PassportInstance };
  return new Passport();
}

// Passport binds success, fail and error to the object it is given, so each request needs one of its own.
const ownCopy = (strategy: PassportStrategy): unknown => Object.create(strategy);

const createRequest = (http: HttpExchange, body: object, query: object): object => ({
  method: http.method,
  url: http.path,
  ip: http.ip,
  get: (name: string) => http.header(name),
  headers: {},
  body,
  query,
});

function createResponse(redirect: (url: string) => void): object {
  const headers = new Map<string, string>();
  return {
    statusCode: 200,
    setHeader: (name: string, value: string) => headers.set(name.toLowerCase(), value),
    end: () => redirect(headers.get('location') ?? ''),
  };
}

import { beforeAll, describe, expect, it } from '@jest/globals';
import type { HttpExchange } from '@parley/contracts';
import type { Accounts, PassportStrategy } from '../contract/index.ts';
import { createAuthenticate } from './authenticate.ts';

interface Bound {
  success(user: unknown): void;
  fail(challenge: unknown): void;
  redirect(url: string): void;
  error(error: unknown): void;
  pass(): void;
}
type Request = { readonly body: { readonly word?: string }; get(name: string): string | undefined };

const http: HttpExchange = {
  method: 'POST',
  path: '/api/auth/x',
  ip: '127.0.0.1',
  isSecure: false,
  header: (name) => (name === 'host' ? 'chat.example.org' : undefined),
  cookie: () => undefined,
  setCookie: () => undefined,
  clearCookie: () => undefined,
  setHeader: () => undefined,
};
const strategy = (act: (bound: Bound, request: Request) => void): PassportStrategy => ({
  authenticate(this: Bound, request: Request) {
    act(this, request);
  },
});

describe('authenticate', () => {
  let authenticate: Accounts['authenticate'];
  beforeAll(() => {
    authenticate = createAuthenticate();
  });

  it('gives the user a strategy found', async () => {
    const outcome = await authenticate(
      strategy((bound, { body }) => bound.success({ word: body.word })),
      { http, body: { word: 'hello' } },
    );
    expect(outcome).toEqual({ kind: 'success', user: { word: 'hello' } });
  });

  it('lets a strategy read headers', async () => {
    const outcome = await authenticate(
      strategy((bound, request) => bound.success({ host: request.get('host') })),
      { http },
    );
    expect(outcome).toMatchObject({ user: { host: 'chat.example.org' } });
  });

  it('gives the challenge of a strategy that refuses', async () => {
    const outcome = await authenticate(
      strategy((bound) => bound.fail({ message: 'no' })),
      { http },
    );
    expect(outcome).toEqual({ kind: 'failure', challenge: { message: 'no' } });
  });

  it('gives the address a strategy sends the browser to', async () => {
    const outcome = await authenticate(
      strategy((bound) => bound.redirect('https://id.example.org/authorize?state=1')),
      { http },
    );
    expect(outcome).toEqual({ kind: 'redirect', url: 'https://id.example.org/authorize?state=1' });
  });

  it('throws what a strategy reports as an error', async () => {
    const failing = strategy((bound) => bound.error(new Error('the provider is down')));
    await expect(authenticate(failing, { http })).rejects.toThrow('the provider is down');
  });

  it('throws when a strategy decides nothing', async () => {
    await expect(
      authenticate(
        strategy((bound) => bound.pass()),
        { http },
      ),
    ).rejects.toThrow('nothing was decided');
  });

  it('keeps the outcomes of two requests at once apart', async () => {
    const slow = new Map<string, () => void>();
    const bothAsked = Promise.withResolvers<void>();
    const shared = strategy((bound, { body: { word = '' } }) => {
      slow.set(word, () => bound.success({ word }));
      if (slow.size === 2) bothAsked.resolve();
    });
    const one = authenticate(shared, { http, body: { word: 'one' } });
    const two = authenticate(shared, { http, body: { word: 'two' } });
    await bothAsked.promise;
    slow.get('two')?.();
    slow.get('one')?.();
    expect(await Promise.all([one, two])).toEqual([
      { kind: 'success', user: { word: 'one' } },
      { kind: 'success', user: { word: 'two' } },
    ]);
  });
});

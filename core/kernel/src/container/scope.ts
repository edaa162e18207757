import { asFunction, asValue, createContainer } from 'awilix/browser';
import type { AwilixContainer } from 'awilix/browser';

declare const VALUE: unique symbol;

/** The typed name of something a scope holds. */
export interface Token<T> {
  readonly symbol: symbol;
  readonly [VALUE]?: T;
}

/** A new token; `name` shows in errors. */
export const createToken = <T>(name: string): Token<T> => ({ symbol: Symbol(name) });

/**
 * What one part of the server works with. A child sees what its parents hold, unless it holds its own. A scope builds
 * and keeps; it never ends anything: what must end is an effect of its plugin, undone in order.
 */
export interface Scope {
  get<T>(token: Token<T>): T;
  /** Holds a value that is already made. */
  set<T>(token: Token<T>, value: T): Scope;
  /** Holds what `make` gives when it is first asked for; each child that asks gets its own. */
  make<T>(token: Token<T>, make: () => T): Scope;
  child(): Scope;
}

function wrap(container: AwilixContainer): Scope {
  const scope: Scope = {
    get: <T>(token: Token<T>) => container.resolve<T>(token.symbol),
    set: (token, value) => {
      container.register(token.symbol, asValue(value));
      return scope;
    },
    make: (token, make) => {
      container.register(token.symbol, asFunction(() => make()).scoped());
      return scope;
    },
    child: () => wrap(container.createScope()),
  };
  return scope;
}

/** The scope at the top; strict, so that a long-lived thing can not capture a short-lived one. */
export const createRootScope = (): Scope => wrap(createContainer({ strict: true }));

import { newId } from '@parley/contracts';
import type { CallContext, Principal } from '@parley/contracts';
import type { Scope } from './scope.ts';
import { callTokens } from './tokens.ts';

/** Gives a scope what calls start from: who, until when, a new request id for each, and a language. */
export const setCallDefaults = (scope: Scope, principal: Principal, signal: AbortSignal): Scope =>
  scope
    .set(callTokens.principal, principal)
    .set(callTokens.signal, signal)
    .set(callTokens.locale, 'en')
    .make(callTokens.requestId, newId);

/** The context of one call below `parent`; what is not given comes from there. */
export function createCall(parent: Scope, principal?: Principal, signal?: AbortSignal): CallContext {
  const scope = parent.child();
  if (principal !== undefined) scope.set(callTokens.principal, principal);
  if (signal !== undefined) scope.set(callTokens.signal, signal);
  return {
    principal: scope.get(callTokens.principal),
    signal: scope.get(callTokens.signal),
    requestId: scope.get(callTokens.requestId),
    locale: scope.get(callTokens.locale),
  };
}

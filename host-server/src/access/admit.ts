import { anonymous, AppError } from '@parley/contracts';
import type { CallContext, HttpExchange } from '@parley/contracts';
import type { Route } from '../http/route-table.ts';
import type { Taps } from '../http/taps.ts';
import { authorize } from './authorize.ts';

/**
 * Finds out who calls and lets pass who may. Shape: the same call with its principal.
 * @throws HOST_UNAUTHENTICATED, HOST_FORBIDDEN, or 403 with the code of the gate that denies
 */
export async function admit(
  { operation, name, mounted }: Route,
  call: CallContext & { readonly http: HttpExchange },
  taps: Taps,
): Promise<CallContext> {
  const principal = (await taps.resolve?.run(call.http, call)) ?? anonymous;
  authorize(operation.access, principal);
  const admitted: CallContext = { ...call, principal };
  const admission = { principal, contractId: mounted.contract.id, operationName: name, operation };
  const verdict = await taps.admit?.run(admission, admitted);
  if (verdict && !verdict.allow) throw new AppError({ code: verdict.code, status: 403, message: verdict.message });
  return admitted;
}

import { isAppError, modelErrors } from '@parley/contracts';
import type { Credentials } from '@parley/contracts';
import type { KeyStatus } from '@parley/plugin-keys/contract';
import type { KeyProviders } from './key-providers.ts';

/** What the provider says of a key. */
export type Verdict = Pick<KeyStatus, 'state' | 'reason'>;

const CHECK_TIMEOUT_MS = 10_000;
const REFUSALS: ReadonlySet<string> = new Set([modelErrors.AUTH.code, modelErrors.NEEDS_KEY.code]);

/** Asks a provider whether a key is good. One that can't be asked now, or has no quota left, does not make it bad. */
export async function askProvider(
  providers: KeyProviders,
  provider: string,
  values: Credentials,
  signal: AbortSignal,
): Promise<Verdict> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(CHECK_TIMEOUT_MS)]);
  try {
    using lease = providers.lease(provider);
    if (lease.value.check) await lease.value.check(values, limit);
    else await lease.value.listModels(limit, values);
    return { state: 'ok' };
  } catch (error) {
    signal.throwIfAborted();
    const reason = isAppError(error) ? error.message : modelErrors.UNAVAILABLE({ provider }).message;
    return { state: isAppError(error) && REFUSALS.has(error.code) ? 'refused' : 'unchecked', reason };
  }
}

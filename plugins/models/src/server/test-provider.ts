import { isAppError } from '@parley/contracts';
import type { Principal } from '@parley/contracts';
import type { Clock } from '@parley/kernel';
import { modelsErrors } from '@parley/plugin-models/contract';
import type { ProviderTest } from '@parley/plugin-models/contract';
import { toStatus } from './provider-asker.ts';
import type { createProviderAsker } from './provider-asker.ts';

/** Asks a provider now for its models, whatever it said before, with the key that `principal` uses there. */
export async function testProvider(
  { asker, clock }: { readonly asker: ReturnType<typeof createProviderAsker>; readonly clock: Clock },
  principal: Principal,
  provider: string,
): Promise<ProviderTest> {
  asker.forget(provider);
  const startedAtMs = clock.now();
  const asked = await asker.one(principal, provider);
  if (!asked) throw modelsErrors.NO_PROVIDER({ provider });
  const { answer } = asked;
  const { state, reason } = toStatus(asked);
  return {
    state,
    ...(reason === undefined ? {} : { reason }),
    ...('failure' in answer && isAppError(answer.failure) ? { code: answer.failure.code } : {}),
    models: 'models' in answer ? answer.models.length : 0,
    tookMs: Math.round(clock.now() - startedAtMs),
    at: new Date(clock.now()).toISOString(),
  };
}

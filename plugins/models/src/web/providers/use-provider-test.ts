import type { ProviderTest } from '@parley/plugin-models/contract';
import { useHost } from '@parley/web';
import { useModelChanges } from '../queries.ts';
import { messages } from './messages.ts';

/** What a test came to, in words. */
export function testWords({ state, reason, code, models, tookMs }: ProviderTest): string {
  if (state === 'ready') return messages.answered(tookMs, models);
  if (state === 'needs-key') return messages.testNeedsKey;
  const next = code === undefined ? undefined : messages.next[code];
  return `${reason ?? messages.states.unavailable}.${next === undefined ? '' : ` ${next}`}`;
}

/** Asks one provider for its models, and says what came of it. */
export function useProviderTest(provider: string) {
  const { test } = useModelChanges();
  const { announce } = useHost();
  return {
    start: () => test.mutate({ provider }, { onSuccess: (result) => announce(testWords(result)) }),
    isPending: test.isPending,
    result: test.data,
    error: test.error,
  };
}

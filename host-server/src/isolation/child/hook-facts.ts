import type { AnyHook } from '@parley/contracts';
import { isolationErrors } from '../isolation-errors.ts';

/**
 * A hook as data.
 * @throws ISOLATION_UNSUPPORTED for a hook that runs for each piece of an answer: its taps answer at once
 */
export function hookFacts(plugin: string, { id, kind, summary, onError, timeoutMs }: AnyHook): AnyHook {
  if (kind === 'stream') {
    const reason = 'it runs for each piece of an answer, at once; run the plugin inline';
    throw isolationErrors.UNSUPPORTED({ plugin, what: `the hook ${id}`, reason });
  }
  return { id, kind, summary, onError, timeoutMs };
}

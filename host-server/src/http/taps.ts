import { authAdmit, authResolve, httpRequest } from '@parley/contracts';
import type { HookRunner } from '@parley/contracts';
import type { Kernel } from '@parley/kernel';

/** The host's hooks that somebody taps now; the others are absent and cost nothing. */
export interface Taps {
  readonly resolve?: HookRunner<typeof authResolve>;
  readonly admit?: HookRunner<typeof authAdmit>;
  readonly around?: HookRunner<typeof httpRequest>;
}

/** Reads who taps the host's hooks at this moment. */
export function readTaps(kernel: Kernel): Taps {
  const used = new Set(kernel.graph().hooks.flatMap(({ id, taps }) => (taps.length > 0 ? [id] : [])));
  return {
    ...(used.has(authResolve.id) ? { resolve: kernel.hook(authResolve) } : {}),
    ...(used.has(authAdmit.id) ? { admit: kernel.hook(authAdmit) } : {}),
    ...(used.has(httpRequest.id) ? { around: kernel.hook(httpRequest) } : {}),
  };
}

import type { AnyHook, Verdict } from '@parley/contracts';
import { kernelErrors } from '../kernel-errors.ts';
import type { RegisteredTap, ReportFailure } from './registered-tap.ts';
import type { Fallback } from './tap-call.ts';

const failing: Fallback = {
  refused(tap) {
    throw tap.meter.refusal();
  },
  failed(_tap, error) {
    throw error;
  },
};

const skipping = (hook: AnyHook, report: ReportFailure): Fallback => ({
  refused: () => undefined,
  failed({ pluginId }, error) {
    report({ hook, pluginId, error });
    return undefined;
  },
});

function denying(hook: AnyHook, report: ReportFailure): Fallback {
  const refused = (tap: RegisteredTap): Verdict => {
    const { code, message } = kernelErrors.GATE_FAILED({ plugin: tap.pluginId, hook: hook.id });
    return { allow: false, code, message };
  };
  return {
    refused,
    failed(tap, error) {
      report({ hook, pluginId: tap.pluginId, error });
      return refused(tap);
    },
  };
}

/** What a hook does about a tap that fails, as its owner decided: go on without it, fail, or deny. */
export function fallbackOf(hook: AnyHook, report: ReportFailure): Fallback {
  if (hook.kind === 'gate') return denying(hook, report);
  return hook.onError === 'skip' || hook.kind === 'notify' ? skipping(hook, report) : failing;
}

import type { AnyHook, TapOutcome, Trace, Verdict } from '@parley/contracts';
import { reasonOf } from '../kernel-errors.ts';
import type { RegisteredTap } from './registered-tap.ts';

/** Told how the tap ended: its answer or its error. */
export type EndTrace = (outcome: unknown, hasFailed: boolean) => void;

/** Begins to trace one call of one tap; what comes back is told of its end, and tells `trace`. */
export function traceTap(hook: AnyHook, tap: RegisteredTap, input: unknown, trace: Trace): EndTrace {
  const startedMs = performance.now();
  const base = { kind: 'tap', hook: hook.id, pluginId: tap.pluginId, startedAtMs: Date.now(), input } as const;
  return (outcome, hasFailed) => {
    const durationMs = performance.now() - startedMs;
    if (hasFailed) trace({ ...base, durationMs, output: undefined, outcome: 'failed', error: reasonOf(outcome) });
    else trace({ ...base, durationMs, output: outcome, outcome: outcomeOf(hook, input, outcome) });
  };
}

function outcomeOf({ kind }: AnyHook, input: unknown, output: unknown): TapOutcome {
  if (kind === 'gate') return (output as Partial<Verdict> | undefined)?.allow === true ? 'allowed' : 'denied';
  if (kind === 'waterfall') return output === undefined || output === input ? 'passed' : 'changed';
  if (kind === 'bail' || kind === 'collect') return output === undefined ? 'passed' : 'answered';
  return 'ran';
}

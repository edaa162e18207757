import { modelErrors } from '@parley/contracts';
import type { Principal } from '@parley/contracts';
import type { Clock } from '@parley/kernel';

/** Which models are better not asked for some seconds, because they failed a moment ago. */
export interface FailureMemory {
  note(principal: Principal, model: string, code: string): void;
  /** Code of the failure that is not forgotten yet. */
  recall(principal: Principal, model: string): string | undefined;
  forget(): void;
}

interface Rule {
  /** Whether it was the whole provider or a person's account there that failed. */
  readonly of: 'provider' | 'account';
  readonly forMs: number;
}

// A key that is missing or wrong fails at once, and works at once when somebody has changed it: nothing to remember.
const RULES: Readonly<Record<string, Rule>> = {
  [modelErrors.UNAVAILABLE.code]: { of: 'provider', forMs: 15_000 },
  [modelErrors.TIMEOUT.code]: { of: 'provider', forMs: 30_000 },
  [modelErrors.RATE_LIMIT.code]: { of: 'account', forMs: 15_000 },
  [modelErrors.QUOTA.code]: { of: 'account', forMs: 60_000 },
};
const MOST = 1_000;

const providerOf = (model: string): string => model.slice(0, model.indexOf('/'));
const placesOf = ({ tenantId, id }: Principal, model: string): readonly string[] => [
  providerOf(model),
  `${tenantId}/${id}/${model}`,
];

/** A memory of this process, bounded in size. */
export function createFailureMemory(clock: Clock): FailureMemory {
  const failures = new Map<string, { readonly code: string; readonly untilMs: number }>();
  return {
    note(principal, model, code) {
      const rule = RULES[code];
      if (!rule) return;
      const place = placesOf(principal, model)[rule.of === 'provider' ? 0 : 1] as string;
      failures.delete(place);
      failures.set(place, { code, untilMs: clock.now() + rule.forMs });
      if (failures.size > MOST) failures.delete(failures.keys().next().value as string);
    },
    recall(principal, model) {
      const nowMs = clock.now();
      return placesOf(principal, model)
        .map((place) => failures.get(place))
        .find((failure) => failure !== undefined && nowMs < failure.untilMs)?.code;
    },
    forget: () => failures.clear(),
  };
}

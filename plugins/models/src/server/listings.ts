import { isAppError, modelErrors } from '@parley/contracts';
import type { Credentials, LiveRef, ModelInfo, ModelProvider } from '@parley/contracts';
import type { Clock, Logger } from '@parley/kernel';

/** What a provider said when it was asked for its models. */
export type Answer = { readonly models: readonly ModelInfo[] } | { readonly failure: unknown };

interface Listing {
  readonly credentials: Credentials | undefined;
  expiresAtMs: number;
  readonly answer: Promise<Answer>;
}

const LIST_TIMEOUT_MS = 5_000;
/** Failures are asked about again soon, so that a provider that comes back is seen. */
const FAILURE_MAX_AGE_MS = 10_000;
const MOST_KEYS = 200;

const isSame = (one: Credentials | undefined, other: Credentials | undefined): boolean => {
  if (one === undefined || other === undefined) return one === other;
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
};

/** The models of providers, each list kept for `maxAgeMs`, one for each key used at a provider. */
export function createListings(deps: {
  readonly providers: LiveRef<ModelProvider>;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'warn'>;
  readonly maxAgeMs: number;
}) {
  const { providers, clock, log, maxAgeMs } = deps;
  const listings = new Map<string, Listing[]>();

  const request = async (key: string, credentials: Credentials | undefined, onFailure: () => void): Promise<Answer> => {
    try {
      using lease = providers.lease(key);
      return { models: await lease.value.listModels(AbortSignal.timeout(LIST_TIMEOUT_MS), credentials) };
    } catch (failure) {
      onFailure();
      if (!isAppError(failure, modelErrors.NEEDS_KEY.code)) {
        log.warn('A provider could not list its models and is left out', { provider: key, error: failure });
      }
      return { failure };
    }
  };

  return {
    /** What the provider says now or said a moment ago. */
    ask(key: string, credentials: Credentials | undefined): Promise<Answer> {
      const kept = (listings.get(key) ?? []).filter(({ expiresAtMs }) => clock.now() < expiresAtMs);
      const known = kept.find((listing) => isSame(listing.credentials, credentials));
      if (known) return known.answer;
      const nowMs = clock.now();
      const onFailure = () => {
        listing.expiresAtMs = Math.min(listing.expiresAtMs, nowMs + FAILURE_MAX_AGE_MS);
      };
      const answer = request(key, credentials, onFailure);
      const listing: Listing = { credentials, expiresAtMs: nowMs + maxAgeMs, answer };
      listings.set(key, [listing, ...kept].slice(0, MOST_KEYS));
      return answer;
    },
    /** Asks again at the next use: one provider, or all. */
    forget(key?: string): void {
      if (key === undefined) listings.clear();
      else listings.delete(key);
    },
  };
}

import { createPrincipal } from '@parley/contracts';
import type { Credentials } from '@parley/contracts';
import type { Upstream } from '../through-faults.ts';

/**
 * What kits for providers beside chat need of each. The upstream answers any text at once, but for those named here.
 */
export interface ModalitySubject<P> {
  readonly provider: P;
  /** A model that does all the kit asks for. */
  readonly model: string;
  /** A text that the upstream takes and does not answer within 3 s. */
  readonly slow: string;
  /** Texts that the upstream fails, by the `modelErrors` code they must end with, such as `MODEL_RATE_LIMIT`. */
  readonly faults?: Readonly<Record<string, string>>;
  /** What the upstream received last, in any form that shows what came; cases that look at it are skipped without it. */
  readonly received?: () => string;
  /** Requests open upstream now; it comes back to 0 after an abort. Nothing upstream without it. */
  readonly openStreams?: () => number;
  /** The same provider without a key, for one that needs a key. */
  readonly withoutKey?: P;
  /** Keys that the upstream takes and refuses, for a provider that needs a key. */
  readonly credentials?: { readonly good: Credentials; readonly bad: Credentials };
  /** Where the provider calls; nothing on a network without it. */
  readonly upstream?: Upstream<P>;
}

/** One request of a kit: `text` is what is to be embedded, painted, said or heard. */
export interface ModalityCall {
  readonly model: string;
  readonly text: string;
  readonly signal: AbortSignal;
  readonly credentials?: Credentials;
}

/** A way to use a provider, and what all ways have in common. */
export interface Way<P> {
  /** Says in a case's name what is done. */
  readonly name: string;
  /** The whole answer, in a form that can be compared. */
  readonly ask: (provider: P, call: ModalityCall) => Promise<unknown>;
  readonly listModels: (provider: P, signal: AbortSignal, credentials?: Credentials) => Promise<unknown>;
}

/** The fields that every request has. */
export const byKit = {
  principal: createPrincipal({ kind: 'user', id: 'kit-user' }),
  requestId: 'kit-request',
} as const;

/** A signal that never aborts. */
export const never = (): AbortSignal => new AbortController().signal;

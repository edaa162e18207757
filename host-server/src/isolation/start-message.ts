import type { SystemPrincipal } from '@parley/contracts';
import type { MethodEntry } from './wire/method-kinds.ts';

/** One implementation of a capability, as a child knows it before it uses it. */
export interface ProvisionFacts {
  readonly key: string;
  readonly descriptor: unknown;
  readonly methods: readonly MethodEntry[];
}

/** A dependency as it travels: the implementations themselves, or for `live` what there is now. */
export type DependencyFacts =
  | { readonly name: string; readonly kind: 'fixed'; readonly value: unknown }
  | { readonly name: string; readonly kind: 'live'; readonly provisions: readonly ProvisionFacts[] };

/** Path of a setting that the plugin was not granted. */
export type DeniedSetting = readonly string[];

/** What a child is started with. */
export interface StartMessage {
  readonly id: string;
  /** What the plugin was described as, so that code which has changed since does not run. */
  readonly description: string;
  /** Settings as the plugin's own schema gave them, secrets included that it was granted. */
  readonly config: unknown;
  readonly denied: readonly DeniedSetting[];
  readonly system: SystemPrincipal;
  readonly keySeed: Uint8Array;
  /** Time as the host's plugins see it. */
  readonly nowMs: number;
  readonly strictOutput: boolean;
  readonly dependencies: readonly DependencyFacts[];
}

/** An operation as data; its schemas stay in the child. */
export interface OperationFacts {
  readonly method: string;
  readonly path: string;
  readonly access: unknown;
  readonly stream: boolean;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly errors?: readonly { readonly code: string; readonly status: number; readonly template: string }[];
  readonly summary?: string;
  readonly maxBytes?: number;
  readonly eventId?: string;
  readonly eventName?: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly output: Readonly<Record<string, unknown>>;
  /** Input fields that are lists, which a query alone can not tell. */
  readonly arrays: readonly string[];
}

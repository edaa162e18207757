import type { AnyHook, CallContext, Principal, TapOrder } from '@parley/contracts';
import type { OperationFacts } from './start-message.ts';

/** A capability by name, as two processes can agree on it. */
export interface CapabilityFacts {
  readonly id: string;
  readonly version: string;
  readonly arity: 'one' | 'keyed' | 'many';
}

/** Where an operation on records goes: the plugin's own stores, or those of a running transaction. */
export interface StoreCall {
  readonly entity: string;
  readonly principal: Principal;
  readonly method: 'get' | 'find' | 'list' | 'count' | 'insert' | 'insertMany' | 'update' | 'delete';
  readonly args: readonly unknown[];
  /** Whose children, of an entity with a parent. */
  readonly parentId?: string;
  /** The host's transaction, as it came to the work. */
  readonly transaction?: unknown;
}

/** A request that the host's egress client sends for a child. */
export interface FetchCall {
  readonly url: string;
  readonly method: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: string | AsyncIterable<Uint8Array>;
  readonly redirect?: 'follow' | 'manual' | 'error';
}

/** What came back; the body is read piece by piece. */
export interface FetchReply {
  readonly status: number;
  readonly statusText: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: AsyncIterable<Uint8Array>;
}

type Callback = (...args: readonly unknown[]) => unknown;

/** What a child may ask of its host, and nothing else. */
export interface HostApi {
  provide(offer: {
    readonly capability: CapabilityFacts;
    readonly key: string | undefined;
    readonly descriptor: unknown;
    readonly implementation: unknown;
  }): void;
  tap(tap: { readonly hook: AnyHook; readonly order: TapOrder | undefined; readonly run: Callback }): void;
  routes(served: {
    readonly id: string;
    readonly version: string;
    readonly operations: Readonly<Record<string, OperationFacts>>;
    readonly handlers: Readonly<Record<string, Callback>>;
  }): void;
  effect(effect: { readonly label: string; readonly undo: Callback }): void;
  health(probe: { readonly name: string; readonly ask: Callback }): void;
  /** Notes that a setting was read that was not granted. */
  denied(path: readonly string[]): void;
  log(level: 'debug' | 'info' | 'warn' | 'error', message: string, fields: unknown): void;
  fetch(request: FetchCall, signal: AbortSignal | undefined): Promise<FetchReply>;
  store(call: StoreCall): Promise<unknown>;
  transaction(work: (transaction: unknown) => Promise<void>): Promise<void>;
  /** Runs a hook's taps; those of a pin when one is named. */
  hook(hook: AnyHook, pin: number | undefined, args: readonly unknown[], call: CallContext): Promise<unknown>;
  pin(id: number): void;
  unpin(id: number): void;
  /** Takes a counted use of an implementation, of a pin when one is named. */
  lease(lease: {
    readonly id: number;
    readonly dependency: string;
    readonly key: string | undefined;
    readonly pin: number | undefined;
  }): void;
  unlease(id: number): void;
  /** Calls a method of a leased implementation. */
  leased(id: number, method: string, args: readonly unknown[]): unknown;
}

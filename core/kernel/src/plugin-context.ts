import type {
  AnyEntity,
  AnyHook,
  CallContext,
  Capability,
  Contract,
  Handlers,
  HookRunner,
  LiveRef,
  Operations,
  Principal,
  StoreOf,
  SystemPrincipal,
  Tap,
  TapOrder,
  Transaction,
} from '@parley/contracts';
import type * as z from 'zod';

/** Writes log lines that carry the plugin's id. Secrets in `fields` are redacted. */
export interface Logger {
  debug(message: string, fields?: Readonly<Record<string, unknown>>): void;
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** Time as the kernel sees it; tests give their own. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Milliseconds that pass evenly, whatever is done to the machine's clock; a clock without it has `now` only. */
  steady?(): number;
}

/**
 * What a plugin registers with and works through. What it registers is visible to others when its setup is through. Once
 * the plugin has stopped, each member but `id`, `signal` and `log` throws KERNEL_PLUGIN_DISPOSED.
 */
export interface PluginContext<C, Declared extends AnyHook = AnyHook> {
  /** The plugin's id in this composition. */
  readonly id: string;
  readonly config: C;
  /** Aborts when the plugin stops. */
  readonly signal: AbortSignal;
  readonly log: Logger;
  readonly clock: Clock;
  /** Folder for the few plugins that keep files; made by the host. */
  readonly dataDir: string;
  /** The plugin itself as a principal: reaches every owner's records of its own entities. */
  readonly system: SystemPrincipal;
  /** The egress client: only hosts the manifest declares, addresses checked when connecting and after redirects. */
  readonly fetch: typeof fetch;
  /** 32 bytes that only this plugin gets for this purpose, the same at every start. Source: HKDF of the host's root key. */
  key(purpose: string): Uint8Array;
  /** Records of one of the plugin's own entities as `principal` may see them. */
  store<E extends AnyEntity, By extends Principal>(entity: E, principal: By): StoreOf<E, By>;
  /** Runs `work` with stores whose reads and writes happen together or not at all. */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Makes a declared capability available. `key` is the plugin's id unless one plugin provides several. */
  provide<I, D extends z.ZodType>(
    capability: Capability<I, D>,
    implementation: I,
    descriptor: z.input<D>,
    key?: string,
  ): void;
  /** Taps a declared hook. */
  on<H extends Declared>(hook: H, tap: Tap<H>, order?: TapOrder): void;
  /** The taps of a hook this plugin owns, always the present ones; a run that must not change half-way uses `pin`. */
  hook<H extends AnyHook>(hook: H): HookRunner<H>;
  /** Freezes hooks and capabilities as they are now, for one run; plugins it uses drain until it is disposed. */
  pin(): Pin;
  /** Serves a contract. */
  routes<O extends Operations>(contract: Contract<O>, handlers: Handlers<O>): void;
  /** Starts something that must be undone when the plugin stops; undone in reverse order. */
  effect(start: () => void | (() => void | Promise<void>), label: string): void;
  /**
   * What all generations of this plugin share while they take over from each other: made by the first that asks for `name`,
   * ended when the last that asked has stopped. For what only one can have, like the lock of a file, and what must
   * survive new settings, like a bus.
   */
  shared<T>(name: string, make: () => { readonly value: T; end?(): void | Promise<void> }): T;
  /** Reports whether one thing this plugin depends on works; shown by `/health/ready` and `/health/plugins`. */
  health(name: string, probe: (signal: AbortSignal) => Promise<HealthAnswer>): void;
  /** A call context for work no request asked for. */
  call(principal?: Principal, signal?: AbortSignal): CallContext;
}

/** How one thing does that a plugin depends on: `degraded` when some of it works, `down` when nothing does. */
export type HealthState = 'ok' | 'degraded' | 'down';

/**
 * What a probe finds; with a reason, people are told it. A probe that throws, or gives no answer in time, means `down`.
 */
export type HealthAnswer = HealthState | { readonly state: Exclude<HealthState, 'ok'>; readonly reason: string };

/** Hooks and capabilities as they were when the run was admitted. */
export interface Pin extends Disposable {
  hook<H extends AnyHook>(hook: H): HookRunner<H>;
  /** Implementations of a capability the plugin requires with `live()`. */
  live<I, D extends z.ZodType>(capability: Capability<I, D>): LiveRef<I, z.output<D>>;
}

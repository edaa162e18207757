import type * as z from 'zod';

declare const INTERFACE: unique symbol;

/** How many implementations of a capability may be ready at once: exactly one, one per key, or any number. */
export type Arity = 'one' | 'keyed' | 'many';

/**
 * A named, versioned interface that plugins provide and others require.
 * The value carries the interface as a type only, so two majors of one capability can coexist.
 */
export interface Capability<I, D extends z.ZodType = z.ZodType, A extends Arity = Arity> {
  readonly id: string;
  /** Semver of the interface, not of a package. */
  readonly version: string;
  readonly arity: A;
  /** Static data the host may show before any code of the provider runs. */
  readonly descriptor: D;
  /** Longest time a method may take until its promise settles, by name; the others have no limit. Units: milliseconds. */
  readonly limitsMs?: Readonly<Record<string, number | undefined>>;
  /** Methods whose first argument is a name; each plugin has names of its own and can not reach those of another. */
  readonly namespaced?: readonly string[];
  readonly [INTERFACE]?: I;
}

/** Any capability, whatever its interface. */
export type AnyCapability = Capability<unknown>;

type MethodWithName<I> = {
  [M in keyof I]: I[M] extends (name: string, ...rest: never) => unknown ? M : never;
}[keyof I] &
  string;

/**
 * A capability whose implementations have the interface `I`.
 * @example const clock = defineCapability<Clock>()({ id: 'clock', version: '1.0.0', arity: 'one', descriptor: z.object({}) });
 */
export function defineCapability<I>() {
  return <D extends z.ZodType, const A extends Arity>(capability: {
    readonly id: string;
    readonly version: string;
    readonly arity: A;
    readonly descriptor: D;
    readonly limitsMs?: { readonly [M in keyof I]?: number };
    readonly namespaced?: readonly MethodWithName<I>[];
  }): Capability<I, D, A> => capability;
}

/** Wraps a need that a plugin can live without; its dependency may be `undefined`. */
export interface Optional<C extends AnyCapability> {
  readonly need: 'optional';
  readonly capability: C;
}

/** Wraps a need that follows replacements while the consumer keeps running. */
export interface Live<C extends AnyCapability> {
  readonly need: 'live';
  readonly capability: C;
}

/** A capability the plugin uses when there is a provider. Shape: the dependency is `undefined` without one. */
export const optional = <C extends AnyCapability>(capability: C): Optional<C> => ({ need: 'optional', capability });

/** A capability the plugin follows: providers may come, go and be replaced without restarting the consumer. */
export const live = <C extends AnyCapability>(capability: C): Live<C> => ({ need: 'live', capability });

/** One entry of a plugin's `requires`. */
export type Need = AnyCapability | Optional<AnyCapability> | Live<AnyCapability>;

/** A counted use of one implementation; it stays usable until disposed, even while its plugin is being replaced. */
export interface Lease<I> extends Disposable {
  readonly value: I;
  readonly key: string;
}

/** The live view of a capability's implementations. */
export interface LiveRef<I, D = unknown> {
  /**
   * A counted use of the implementation under `key` (of the only one, without a key).
   * @throws KERNEL_CAPABILITY_NOT_FOUND naming the keys there are.
   */
  lease(key?: string): Lease<I>;
  /** Keys of the implementations ready now, in the order of the composition. */
  keys(): readonly string[];
  /** The descriptor of each implementation ready now, by key. */
  descriptors(): ReadonlyMap<string, D>;
  /** Calls back after each change of the implementations; returns its undo. */
  onChange(listener: () => void): () => void;
}

type InterfaceOf<C> = C extends Capability<infer I> ? I : never;
type DescriptorOf<C> = C extends Capability<unknown, infer D> ? (D extends z.ZodType ? z.output<D> : never) : never;
type Resolved<C> =
  C extends Capability<infer I, z.ZodType, infer A>
    ? A extends 'one'
      ? I
      : A extends 'keyed'
        ? ReadonlyMap<string, I>
        : readonly I[]
    : never;

/** What a plugin's `setup` receives for its `requires`. */
export type Dependencies<R extends Readonly<Record<string, Need>>> = {
  readonly [K in keyof R]: R[K] extends Optional<infer C>
    ? Resolved<C> | undefined
    : R[K] extends Live<infer C>
      ? LiveRef<InterfaceOf<C>, DescriptorOf<C>>
      : Resolved<R[K]>;
};

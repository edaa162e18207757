import type { AnyCapability } from '@parley/contracts';
import major from 'semver/functions/major.js';
import { kernelErrors } from '../kernel-errors.ts';
import type { ObservedImplementation } from '../timing/observe-implementation.ts';

/** One implementation of a capability by one generation of a plugin. */
export interface Provision {
  readonly capability: AnyCapability;
  readonly key: string;
  readonly pluginId: string;
  readonly generation: number;
  readonly implementation: unknown;
  readonly descriptor: unknown;
  /** How its calls go; absent where nobody observes them. */
  readonly figures?: ObservedImplementation['figures'];
  /** Leases held on it now. */
  leases: number;
}

/** Every implementation that is ready. */
export interface CapabilityRegistry {
  /** Adds an implementation; returns its undo. @throws KERNEL_CAPABILITY_TAKEN */
  provide(provision: Provision): () => void;
  /** All of them as they are now; never changes. */
  snapshot(): readonly Provision[];
  /** Those of a snapshot that serve `capability`, in the order they were provided. */
  select(capability: AnyCapability, from?: readonly Provision[]): readonly Provision[];
  /** Calls back after each change of the implementations of `capability`; returns its undo. */
  onChange(capability: AnyCapability, listener: () => void): () => void;
}

/** Whether two values mean the same interface: id and major agree. */
const isSameInterface = (left: AnyCapability, right: AnyCapability): boolean =>
  left.id === right.id && major(left.version) === major(right.version);

/** An empty registry; `bindings` chooses the plugin behind a `one` capability where several could be. */
export function createCapabilityRegistry(bindings: Readonly<Record<string, string>>): CapabilityRegistry {
  let provisions: readonly Provision[] = [];
  const listeners = new Map<string, Set<() => void>>();

  const change = (changed: readonly Provision[], capability: AnyCapability) => {
    provisions = changed;
    for (const listener of listeners.get(capability.id) ?? []) listener();
  };

  return {
    provide(provision) {
      const { capability, key, pluginId } = provision;
      const other = provisions.find((each) => isSameInterface(each.capability, capability) && each.key === key);
      if (other !== undefined && capability.arity !== 'many') {
        throw kernelErrors.CAPABILITY_TAKEN({
          plugin: pluginId,
          capability: capability.id,
          key,
          other: other.pluginId,
        });
      }
      change([...provisions, provision], capability);
      return () =>
        change(
          provisions.filter((each) => each !== provision),
          capability,
        );
    },
    snapshot: () => provisions,
    select(capability, from = provisions) {
      const bound = capability.arity === 'one' ? bindings[capability.id] : undefined;
      return from.filter(
        (each) => isSameInterface(each.capability, capability) && (bound === undefined || each.pluginId === bound),
      );
    },
    onChange(capability, listener) {
      const own = () => listener();
      const all = listeners.get(capability.id) ?? new Set();
      listeners.set(capability.id, all.add(own));
      return () => void all.delete(own);
    },
  };
}

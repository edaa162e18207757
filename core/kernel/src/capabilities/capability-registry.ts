import type { AnyCapability } from '@parley/contracts';
import major from 'semver/functions/major.js';
import { kernelErrors } from '../kernel-errors.ts';
import type { HoldCount } from '../lifecycle/hold-count.ts';
import type { ObservedImplementation } from '../timing/observe-implementation.ts';

/** A generation as far as those know it who use what it provides. */
export interface ProvisionOwner {
  readonly number: number;
  /** Who uses it now. */
  readonly uses: HoldCount;
  /** Who was given something of it for good. */
  readonly dependents: HoldCount;
}

/** One implementation of a capability by one generation of a plugin. */
export interface Provision {
  readonly capability: AnyCapability;
  readonly key: string;
  readonly pluginId: string;
  readonly owner: ProvisionOwner;
  readonly implementation: unknown;
  readonly descriptor: unknown;
  /** How its calls go; absent where nobody observes them. */
  readonly figures?: ObservedImplementation['figures'];
  /** Leases held on it now. */
  leases: number;
}

/** The implementations of one moment; never changes. */
export interface CapabilitySnapshot {
  /** Those that serve `capability`, in the order of the composition. */
  select(capability: AnyCapability): readonly Provision[];
}

/** Every implementation that is ready. */
export interface CapabilityRegistry extends CapabilitySnapshot {
  /** @throws KERNEL_CAPABILITY_TAKEN */
  provide(provision: Provision): void;
  withdraw(provision: Provision): void;
  /** All of them as they are now. */
  snapshot(): CapabilitySnapshot;
  /** Calls back after each change of the implementations of `capability`; returns its undo. */
  onChange(capability: AnyCapability, listener: () => void): () => void;
  /** A draft that starts from these implementations, for another composition. */
  fork(wiring: Wiring): CapabilityRegistry;
  /** Takes the place a fork came to and tells who listens; the fork is not used afterwards. */
  adopt(fork: CapabilityRegistry): void;
  state(): CapabilityState;
}

/** What a composition says about capabilities. */
export interface Wiring {
  /** Which plugin provides a `one` capability when several could, by capability id. */
  readonly bindings: Readonly<Record<string, string>>;
  /** Places of the plugins in the composition. */
  readonly positions: ReadonlyMap<string, number>;
}
type Listeners = Map<string, Set<() => void>>;

interface CapabilityState {
  readonly provisions: readonly Provision[];
  readonly wiring: Wiring;
}

function inOrder(provisions: readonly Provision[], { positions }: Wiring): readonly Provision[] {
  const placeOf = ({ pluginId }: Provision) => positions.get(pluginId) ?? positions.size;
  return provisions.toSorted((left, right) => placeOf(left) - placeOf(right));
}

/** Whether two values mean the same interface: id and major agree. */
const isSameInterface = (left: AnyCapability, right: AnyCapability): boolean =>
  left.id === right.id && major(left.version) === major(right.version);

function select({ provisions, wiring }: CapabilityState, capability: AnyCapability): readonly Provision[] {
  const bound = capability.arity === 'one' ? wiring.bindings[capability.id] : undefined;
  return provisions.filter(
    (each) => isSameInterface(each.capability, capability) && (bound === undefined || each.pluginId === bound),
  );
}

/** Ids of the capabilities whose implementations differ. */
function changedIds(before: CapabilityState, after: CapabilityState): ReadonlySet<string> {
  const gone = before.provisions.filter((each) => !after.provisions.includes(each));
  const come = after.provisions.filter((each) => !before.provisions.includes(each));
  const former = before.wiring.bindings;
  const bindings = after.wiring.bindings;
  const bound = Object.keys({ ...former, ...bindings });
  return new Set([
    ...[...gone, ...come].map(({ capability }) => capability.id),
    ...bound.filter((id) => former[id] !== bindings[id]),
  ]);
}

/** An empty registry. */
export function createCapabilityRegistry(wiring: Partial<Wiring> = {}): CapabilityRegistry {
  const { bindings = {}, positions = new Map() } = wiring;
  const listeners: Listeners = new Map();
  const tell = (ids: Iterable<string>) => {
    for (const id of ids) for (const listener of listeners.get(id) ?? []) listener();
  };
  return createRegistry({ provisions: [], wiring: { bindings, positions } }, listeners, tell);
}

function createRegistry(
  initial: CapabilityState,
  listeners: Listeners,
  tell: (ids: Iterable<string>) => void,
): CapabilityRegistry {
  let state = initial;
  const change = (provisions: readonly Provision[], capability: AnyCapability) => {
    state = { ...state, provisions };
    tell([capability.id]);
  };
  return {
    provide(provision) {
      const { capability, key, pluginId } = provision;
      const other = state.provisions.find((each) => isSameInterface(each.capability, capability) && each.key === key);
      if (other !== undefined && capability.arity !== 'many') {
        throw kernelErrors.CAPABILITY_TAKEN({
          plugin: pluginId,
          capability: capability.id,
          key,
          other: other.pluginId,
        });
      }
      change(inOrder([...state.provisions, provision], state.wiring), capability);
    },
    withdraw: (provision) =>
      change(
        state.provisions.filter((each) => each !== provision),
        provision.capability,
      ),
    select: (capability) => select(state, capability),
    snapshot() {
      const frozen = state;
      return { select: (capability) => select(frozen, capability) };
    },
    onChange(capability, listener) {
      const own = () => listener();
      const all = listeners.get(capability.id) ?? new Set();
      listeners.set(capability.id, all.add(own));
      return () => void all.delete(own);
    },
    // A draft tells nobody; who listens through it hears of it when it is adopted.
    fork: (wiring) => createRegistry({ provisions: inOrder(state.provisions, wiring), wiring }, listeners, () => {}),
    adopt(fork) {
      const before = state;
      state = fork.state();
      tell(changedIds(before, state));
    },
    state: () => state,
  };
}

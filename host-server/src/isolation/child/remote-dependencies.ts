import type { AnyCapability, Lease, LiveRef } from '@parley/contracts';
import { kernelErrors } from '@parley/kernel';
import type { AnyPlugin } from '@parley/kernel';
import type { DependencyFacts, ProvisionFacts } from '../start-message.ts';
import type { HostClient } from './host-client.ts';

/** The dependencies of a plugin, and what the host says of the live ones. */
export interface RemoteDependencies {
  /** As `setup` takes them. */
  readonly values: Readonly<Record<string, unknown>>;
  /** The implementations of a live dependency have changed. */
  changed(name: string, provisions: readonly ProvisionFacts[]): void;
  /** A live view of a capability; through a pin it keeps what there is now. */
  live(capability: AnyCapability, pin?: number): LiveRef<unknown> | undefined;
}

interface LiveState {
  readonly name: string;
  provisions: readonly ProvisionFacts[];
  readonly listeners: Set<() => void>;
}

let nextLease = 1;

/** The methods of a leased implementation; each call names the lease, which the host counts. */
function createLeased(host: HostClient, id: number, { methods }: ProvisionFacts): object {
  const value: Record<string, unknown> = {};
  for (const [name, kind] of methods) {
    value[name] = (...args: readonly unknown[]) => {
      const answer = host.call('leased', id, name, args);
      return kind === 'later' ? answer.then((result) => result) : answer;
    };
  }
  return value;
}

function createLive(
  host: HostClient,
  capability: Pick<AnyCapability, 'id'>,
  state: LiveState,
  read: () => readonly ProvisionFacts[],
  pin: number | undefined,
): LiveRef<unknown> {
  return {
    lease(key): Lease<unknown> {
      const all = read();
      const chosen = key === undefined && all.length === 1 ? all[0] : all.find((each) => each.key === key);
      if (chosen === undefined) {
        const keys = all.length === 0 ? 'none, nothing provides it now' : all.map((each) => each.key);
        throw kernelErrors.CAPABILITY_NOT_FOUND({ capability: capability.id, key: key ?? '(none given)', keys });
      }
      const id = nextLease++;
      host.register('lease', { id, dependency: state.name, key: chosen.key, pin });
      let isHeld = true;
      return {
        value: createLeased(host, id, chosen),
        key: chosen.key,
        [Symbol.dispose]: () => {
          if (isHeld) host.tell('unlease', id);
          isHeld = false;
        },
      };
    },
    keys: () => read().map((each) => each.key),
    descriptors: () => new Map(read().map((each) => [each.key, each.descriptor])),
    onChange(listener) {
      const own = () => listener();
      state.listeners.add(own);
      return () => void state.listeners.delete(own);
    },
  };
}

/** What `setup` receives for the plugin's `requires`, over the process boundary. */
export function createRemoteDependencies(
  plugin: AnyPlugin,
  facts: readonly DependencyFacts[],
  host: HostClient,
  report: (error: unknown) => void,
): RemoteDependencies {
  const states = new Map<string, LiveState>();
  const values: Record<string, unknown> = {};
  for (const each of facts) {
    if (each.kind === 'fixed') values[each.name] = each.value;
    else {
      const { name, provisions } = each;
      const state: LiveState = { name, provisions, listeners: new Set() };
      states.set(name, state);
      const entry = plugin.requires?.[name];
      const capability = entry !== undefined && 'need' in entry ? entry.capability : { id: name };
      values[name] = createLive(host, capability, state, () => state.provisions, undefined);
    }
  }
  return {
    values,
    changed(name, provisions) {
      const state = states.get(name);
      if (state === undefined) return;
      state.provisions = provisions;
      for (const listener of state.listeners) {
        try {
          listener();
        } catch (error) {
          report(error);
        }
      }
    },
    live(capability, pin) {
      const entry = Object.entries(plugin.requires ?? {}).find(
        ([, need]) => 'need' in need && need.need === 'live' && need.capability.id === capability.id,
      );
      const state = entry && states.get(entry[0]);
      if (state === undefined) return undefined;
      const frozen = state.provisions;
      return createLive(host, capability, state, () => frozen, pin);
    },
  };
}

import type { AnyHook, CallContext, Lease, LiveRef, Need } from '@parley/contracts';
import type { Pin, PluginContext } from '@parley/kernel';
import type { HostApi } from '../host-api.ts';
import { isolationErrors } from '../isolation-errors.ts';
import { isIterable, isPromiseLike } from '../wire/known-values.ts';
import { methodOf } from '../wire/method-kinds.ts';

/** What one child holds of its host by number: pins, and counted uses of implementations. */
export interface Leases extends Pick<HostApi, 'pin' | 'unpin' | 'lease' | 'unlease' | 'leased' | 'hook'> {
  /** Gives everything back: the child has ended. */
  releaseAll(): void;
}

/** What leases are taken from. */
export interface LeasesInput {
  readonly ctx: PluginContext<unknown>;
  readonly requires: Readonly<Record<string, Need>>;
  readonly dependencies: Readonly<Record<string, unknown>>;
}

type Runner = { run(...args: readonly unknown[]): Promise<unknown> };

export function createLeases({ ctx, requires, dependencies }: LeasesInput): Leases {
  const pins = new Map<number, Pin>();
  const leases = new Map<number, { readonly lease: Lease<unknown>; readonly what: string }>();
  const gone = (what: string) => isolationErrors.GONE({ what });
  const pinOf = (id: number): Pin => {
    const pin = pins.get(id);
    if (pin === undefined) throw gone('a pin it has disposed of');
    return pin;
  };
  const refOf = (dependency: string, pin: number | undefined) => {
    const entry = Object.hasOwn(requires, dependency) ? requires[dependency] : undefined;
    if (entry === undefined || !('need' in entry) || entry.need !== 'live') throw gone(`the dependency ${dependency}`);
    const { capability } = entry;
    const ref = pin === undefined ? (dependencies[dependency] as LiveRef<unknown>) : pinOf(pin).live(capability);
    return { ref, what: capability.id };
  };
  return {
    pin: (id) => void pins.set(id, ctx.pin()),
    unpin(id) {
      pins.get(id)?.[Symbol.dispose]();
      pins.delete(id);
    },
    lease({ id, dependency, key, pin }) {
      const { ref, what } = refOf(dependency, pin);
      leases.set(id, { lease: ref.lease(key), what });
    },
    unlease(id) {
      leases.get(id)?.lease[Symbol.dispose]();
      leases.delete(id);
    },
    leased(id, method, args) {
      const held = leases.get(id);
      if (held === undefined) throw gone('a lease it has given back');
      const { what, lease } = held;
      const run = methodOf(lease.value as object, method);
      if (run === undefined) throw isolationErrors.NO_METHOD({ what, method });
      const result = run(...args);
      if (result === undefined || isPromiseLike(result) || isIterable(result)) return result;
      throw isolationErrors.SYNC_METHOD({ what, method });
    },
    async hook(hook: AnyHook, pin: number | undefined, args: readonly unknown[], call: CallContext) {
      const runner = pin === undefined ? ctx.hook(hook) : pinOf(pin).hook(hook);
      return await (runner as unknown as Runner).run(...args, call);
    },
    releaseAll() {
      for (const { lease } of leases.values()) lease[Symbol.dispose]();
      leases.clear();
      for (const pin of pins.values()) pin[Symbol.dispose]();
      pins.clear();
    },
  };
}

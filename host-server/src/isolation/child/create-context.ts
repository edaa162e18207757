import { newId } from '@parley/contracts';
import type { AnyCapability, AnyHook, CallContext, Contract, HookRunner, LiveRef } from '@parley/contracts';
import { kernelErrors } from '@parley/kernel';
import type { AnyPlugin, Logger, Pin, PluginContext } from '@parley/kernel';
import { derivePurpose } from '../../derive-keys.ts';
import { isolationErrors } from '../isolation-errors.ts';
import type { StartMessage } from '../start-message.ts';
import { byReference } from '../wire/handles.ts';
import { hookFacts } from './hook-facts.ts';
import { denySettings } from './deny-settings.ts';
import { describeOperation, wrapHandler } from './describe-operations.ts';
import type { HostClient } from './host-client.ts';
import type { RemoteDependencies } from './remote-dependencies.ts';
import { createRemoteFetch } from './remote-fetch.ts';
import { createRemoteStores } from './remote-stores.ts';

/** What a context in a child is made of. */
export interface ContextParts {
  readonly plugin: AnyPlugin;
  readonly start: StartMessage;
  readonly host: HostClient;
  readonly log: Logger;
  readonly signal: AbortSignal;
  readonly now: () => number;
  readonly dependencies: () => RemoteDependencies;
}

type Run = (...args: readonly unknown[]) => unknown;

function createRunner<H extends AnyHook>({ start, host }: ContextParts, hook: H, pin?: number): HookRunner<H> {
  const facts = hookFacts(start.id, hook);
  const run = async (...args: readonly unknown[]) => {
    const call = args.at(-1) as CallContext;
    const answer = await host.call('hook', facts, pin, args.slice(0, -1), call);
    return answer;
  };
  return { run } as unknown as HookRunner<H>;
}

let nextPin = 1;

function createPin(parts: ContextParts): Pin {
  const { host, start, dependencies } = parts;
  const id = nextPin++;
  host.register('pin', id);
  let hasEnded = false;
  const pin = {
    hook: <H extends AnyHook>(hook: H) => createRunner(parts, hook, id),
    live: (capability: AnyCapability): LiveRef<unknown> => {
      if (hasEnded) throw kernelErrors.PIN_ENDED({ plugin: start.id });
      const ref = dependencies().live(capability, id);
      if (ref !== undefined) return ref;
      const what = `pin().live(${capability.id})`;
      throw kernelErrors.UNDECLARED({ plugin: start.id, what, line: `requires: { it: live(${capability.id}) }` });
    },
    [Symbol.dispose]: () => {
      if (!hasEnded) host.tell('unpin', id);
      hasEnded = true;
    },
  };
  return pin as unknown as Pin;
}

/** Starts an effect here, and tells the host so that it is undone there in the order of all of them. */
function startEffect({ host }: ContextParts, begin: () => unknown, label: string): void {
  const undo = begin();
  if (typeof undo === 'object' && undo !== null && 'then' in undo) {
    throw new TypeError(
      `ctx.effect(${label}) must return its undo at once, not a promise; start the waiting inside it`,
    );
  }
  host.register('effect', { label, undo: typeof undo === 'function' ? undo : () => undefined });
}

function serve({ start, host, log }: ContextParts, contract: Contract, handlers: Readonly<Record<string, unknown>>) {
  const parts = { contract, strict: start.strictOutput, log };
  const entries = Object.entries(contract.operations);
  host.register('routes', {
    id: contract.id,
    version: contract.version,
    operations: Object.fromEntries(entries.map(([name, operation]) => [name, describeOperation(operation)])),
    handlers: Object.fromEntries(
      Object.entries(handlers)
        .filter(([name, handler]) => typeof handler === 'function' && Object.hasOwn(contract.operations, name))
        .map(([name, handler]) => [name, wrapHandler(parts, name, handler as never)]),
    ),
  });
}

/** The context of a plugin in a process of its own: the same members, each of which asks the host. */
export function createContext(parts: ContextParts): PluginContext<unknown> {
  const { plugin, start, host, log, signal, now } = parts;
  const { id, system } = start;
  const stores = createRemoteStores(id, plugin.entities ?? [], host);
  const unavailable = (what: string, reason: string) => isolationErrors.UNSUPPORTED({ plugin: id, what, reason });
  const members: Omit<PluginContext<unknown>, 'dataDir'> = {
    id,
    config: denySettings(id, start.config, start.denied, (path) => host.tell('denied', path)),
    signal,
    log,
    clock: { now },
    system,
    fetch: createRemoteFetch(host),
    key: (purpose) => derivePurpose(start.keySeed, purpose),
    store: (entity, principal) => stores.store(entity, principal),
    transaction: (work) => stores.transaction(work),
    provide(capability, implementation, descriptor, key) {
      const { id: name, version, arity } = capability;
      const offered = byReference(implementation as object, name);
      host.register('provide', {
        capability: { id: name, version, arity },
        key,
        descriptor: capability.descriptor.parse(descriptor),
        implementation: offered,
      });
    },
    on(hook, tap, order) {
      host.register('tap', { hook: hookFacts(id, hook), order, run: tap as Run });
    },
    hook: (hook) => createRunner(parts, hook),
    pin: () => createPin(parts),
    routes: (contract, handlers) => serve(parts, contract, handlers),
    effect: (begin, label) => startEffect(parts, begin, label),
    shared: (name) => {
      throw unavailable(`ctx.shared(${name})`, 'it would have to outlive its process; run the plugin inline');
    },
    health: (name, ask) => host.register('health', { name, ask }),
    call: (principal = system, callSignal = signal) => ({
      principal,
      signal: callSignal,
      requestId: newId(),
      locale: 'en',
    }),
  };
  return Object.defineProperty(members, 'dataDir', {
    get: () => {
      const reason = 'it reaches no files of the host; keep records with ctx.store, or run the plugin inline';
      throw unavailable('ctx.dataDir', reason);
    },
  }) as PluginContext<unknown>;
}

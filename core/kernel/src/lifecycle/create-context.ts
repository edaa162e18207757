import { createCall } from '../container/call-scope.ts';
import type { Token } from '../container/scope.ts';
import { pluginTokens, rootTokens } from '../container/tokens.ts';
import type { PluginContext } from '../plugin-context.ts';
import { isPromiseLike } from '../time-limit.ts';
import type { ContextParts } from './context-parts.ts';
import { createPin } from './create-pin.ts';
import { addProbe, provide, serveRoutes, tapHook } from './registrations.ts';

type Values = 'id' | 'signal' | 'log' | 'config' | 'clock' | 'dataDir' | 'system' | 'fetch';

/** Starts something with an undo. An undo that comes after the plugin began to stop would never run, so it is refused. */
function startEffect({ generation }: ContextParts, start: () => unknown, label: string): void {
  generation.assertOpen(`ctx.effect(${label})`);
  const undo = start();
  if (isPromiseLike(undo)) {
    throw new TypeError(
      `ctx.effect(${label}) must return its undo at once, not a promise; start the waiting inside it`,
    );
  }
  generation.effects.add(label, typeof undo === 'function' ? (undo as () => void | Promise<void>) : () => {});
}

/** The context of one generation: closures over its parts, each refusing once the plugin has stopped. */
export function createContext(parts: ContextParts): PluginContext<unknown> {
  const { record, generation, scope, hooks } = parts;
  const { id } = record.manifest;
  const read = <T>(token: Token<T>, member: string): T => {
    generation.assertUsable(`ctx.${member}`);
    return scope.get(token);
  };
  const values: Pick<PluginContext<unknown>, Values> = {
    id,
    signal: generation.signal,
    log: scope.get(pluginTokens.log),
    get config() {
      return read(pluginTokens.settings, 'config');
    },
    get clock() {
      return read(rootTokens.clock, 'clock');
    },
    get dataDir() {
      return read(rootTokens.dataDir, 'dataDir');
    },
    get system() {
      return read(pluginTokens.system, 'system');
    },
    get fetch() {
      return read(pluginTokens.fetch, 'fetch');
    },
  };
  const members: Omit<PluginContext<unknown>, Values> = {
    key(purpose) {
      generation.assertUsable('ctx.key');
      return parts.deriveKey(id, purpose);
    },
    store: (entity, principal) => read(pluginTokens.stores, 'store').store(entity, principal),
    transaction: (work) => read(pluginTokens.stores, 'transaction').transaction(work),
    provide: (capability, implementation, descriptor, key) =>
      provide(parts, { capability, implementation, descriptor, key }),
    on: (hook, run, order) => tapHook(parts, hook, run, order),
    hook(hook) {
      generation.assertUsable(`ctx.hook(${hook.id})`);
      return hooks.hook(hook);
    },
    pin: () => createPin(parts),
    routes: (contract, handlers) => serveRoutes(parts, { contract, handlers }),
    effect: (start, label) => startEffect(parts, start, label),
    shared(name, make) {
      generation.assertOpen(`ctx.shared(${name})`);
      return parts.shared.take(generation, name, make);
    },
    health: (name, probe) => addProbe(parts, name, probe),
    call(principal, signal) {
      generation.assertUsable('ctx.call');
      return createCall(scope, principal, signal);
    },
  };
  return Object.defineProperties(members, Object.getOwnPropertyDescriptors(values)) as PluginContext<unknown>;
}

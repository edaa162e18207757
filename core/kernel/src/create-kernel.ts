import { createPrincipal, kernelReady } from '@parley/contracts';
import type { Contract } from '@parley/contracts';
import { createFailureBooks } from './breaker/failure-books.ts';
import { watchBreakers } from './breaker/watch-breakers.ts';
import { createCapabilityRegistry } from './capabilities/capability-registry.ts';
import { clientSettings } from './config/parse-settings.ts';
import { createCall, setCallDefaults } from './container/call-scope.ts';
import { createRootScope } from './container/scope.ts';
import { rootTokens } from './container/tokens.ts';
import { drawGraph } from './graph.ts';
import { createHookRegistry } from './hooks/hook-registry.ts';
import { tapableExecutor } from './hooks/tapable-executor.ts';
import type { Kernel, KernelOptions, MountedContract, MountedContribution } from './kernel-api.ts';
import { kernelErrors } from './kernel-errors.ts';
import { routesOf } from './lifecycle/check-routes.ts';
import type { Generation } from './lifecycle/generation.ts';
import { quarantinePlugin } from './lifecycle/quarantine.ts';
import { createRecord, isServing } from './lifecycle/plugin-record.ts';
import type { PluginRecord } from './lifecycle/plugin-record.ts';
import { checkComposition, startAll, stopAll } from './lifecycle/run-composition.ts';
import type { Lifecycle } from './lifecycle/start-plugin.ts';
import { manifestOf } from './manifest/manifest.ts';
import { resolve } from './manifest/resolve.ts';
import { probePlugin, settleHealth } from './probe-health.ts';

const START_TIMEOUT_MS = 10_000;
const STOP_TIMEOUT_MS = 5_000;

/** Routes of two plugins must differ. @throws KERNEL_ROUTE_REFUSED naming the other plugin */
function claimRoutes(records: readonly PluginRecord[], pluginId: string, contract: Contract): void {
  const wanted = new Set(routesOf(contract));
  for (const { manifest, served } of records) {
    const taken = [...served].flatMap((each) => routesOf(each.contract)).find((route) => wanted.has(route));
    if (taken !== undefined) {
      const reason = `plugin ${manifest.id} already serves ${taken}`;
      throw kernelErrors.ROUTE_REFUSED({ plugin: pluginId, operation: contract.id, reason });
    }
  }
}

const contributionsOf = ({ manifest }: PluginRecord): MountedContribution[] =>
  Object.entries(manifest.ui?.slots ?? {}).flatMap(([slot, contributions]) =>
    contributions.map((contribution) => ({ ...contribution, slot, pluginId: manifest.id })),
  );

const contractsOf = (record: PluginRecord): MountedContract[] =>
  [...record.served].map((served) => ({
    ...served,
    pluginId: record.manifest.id,
    generation: record.generationNumber,
    firstParty: record.use.firstParty ?? false,
    draining: new AbortController().signal,
    hold: () => ({ [Symbol.dispose]: () => {} }),
  }));

function createLifecycle(options: KernelOptions, records: readonly PluginRecord[], changed: () => void): Lifecycle {
  const hooks = createHookRegistry({
    executor: tapableExecutor,
    report: ({ hook, pluginId, error }) => options.log(pluginId).warn(`A tap of hook ${hook.id} failed`, { error }),
  });
  const root = createRootScope()
    .set(rootTokens.clock, options.clock ?? { now: () => Date.now() })
    .set(rootTokens.dataDir, options.dataDir);
  const lifecycle: Lifecycle = {
    options,
    root,
    hooks,
    failures: createFailureBooks({
      policy: options.failurePolicy,
      now: () => root.get(rootTokens.clock).now(),
      changed: watchBreakers({
        log: options.log,
        settle: (generation) => settle(lifecycle, recordOf(generation)),
        quarantine: (generation, reason) => {
          const record = recordOf(generation);
          if (record) void quarantinePlugin(lifecycle, record, reason);
        },
      }),
    }),
    capabilities: createCapabilityRegistry(options.bindings ?? {}),
    permissions: [...new Set(records.flatMap(({ manifest }) => manifest.permissions.declares))],
    startTimeoutMs: options.startTimeoutMs ?? START_TIMEOUT_MS,
    stopTimeoutMs: options.stopTimeoutMs ?? STOP_TIMEOUT_MS,
    claimRoutes: (pluginId, contract) => claimRoutes(records, pluginId, contract),
    changed,
  };
  const recordOf = (generation: Generation) => records.find((record) => record.generation === generation);
  return lifecycle;
}

/** Brings the state of a plugin in line with its probes and breakers. */
function settle({ failures, changed }: Lifecycle, record: PluginRecord | undefined): void {
  if (record?.generation === undefined) return;
  if (settleHealth(record, failures.of(record.generation).reasons())) changed();
}

/** A kernel over a composition. Nothing of any plugin runs before `start`. */
export function createKernel(options: KernelOptions): Kernel {
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) {
      try {
        listener();
      } catch (error) {
        options.log('kernel').error('A listener of onChange failed', { error });
      }
    }
  };
  const records = options.plugins.map((use, position) => createRecord(use, manifestOf(use.plugin, use.id), position));
  const resolution = resolve({
    manifests: records.map(({ manifest }) => manifest),
    bindings: options.bindings ?? {},
    known: (options.known ?? []).map((plugin) => manifestOf(plugin)),
  });
  const lifecycle = createLifecycle(options, records, changed);
  const { hooks, root, permissions } = lifecycle;
  const controller = new AbortController();
  setCallDefaults(root, createPrincipal({ kind: 'system', id: 'kernel' }), controller.signal);
  const call: Kernel['call'] = (principal, signal) => createCall(root, principal, signal);
  const serving = () => records.filter(isServing);

  const start = async () => {
    checkComposition(lifecycle, { records, resolution }, options.configSource);
    await startAll(lifecycle, { records, resolution }, () => controller.signal.aborted);
    if (!controller.signal.aborted) await hooks.hook(kernelReady).run({}, call());
  };
  let starting: Promise<void> | undefined;
  let stopping: Promise<readonly string[]> | undefined;
  const stop = async () => {
    controller.abort();
    await starting?.catch(() => {});
    return await stopAll(lifecycle, records);
  };

  return {
    start: () => (starting ??= start()),
    stop: () => (stopping ??= stop()),
    composition: () => options,
    plan: () => ({ id: '', changes: [], startOrder: [], hookOrders: [], problems: ['Not built yet'], warnings: [] }),
    apply: () => Promise.reject(new Error('Not built yet')),
    reset: () => Promise.reject(new Error('Not built yet')),
    drained: () => Promise.resolve(),
    graph: () => drawGraph({ records, resolution, hooks, failures: lifecycle.failures }),
    contracts: () => serving().flatMap(contractsOf),
    contributions: () => serving().flatMap(contributionsOf),
    clientConfig: () =>
      Object.fromEntries(serving().map(({ manifest, settings }) => [manifest.id, clientSettings(manifest, settings)])),
    permissions: () => permissions,
    hook: (hook) => hooks.hook(hook),
    call,
    async probe(timeoutMs) {
      await Promise.all(serving().map((record) => probePlugin(record, timeoutMs)));
      for (const record of serving()) settle(lifecycle, record);
    },
    onChange(listener) {
      const own = () => listener();
      listeners.add(own);
      return () => void listeners.delete(own);
    },
  };
}

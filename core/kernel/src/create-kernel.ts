import { configChanged, createPrincipal, kernelReady } from '@parley/contracts';
import type { AnyCapability } from '@parley/contracts';
import type { Applied, Composition, PluginChange } from './composition-api.ts';
import { createLeaseBook } from './capabilities/lease-book.ts';
import { createLiveRef } from './capabilities/live-ref.ts';
import { clientSettings } from './config/parse-settings.ts';
import { createCall, setCallDefaults } from './container/call-scope.ts';
import { rootTokens } from './container/tokens.ts';
import { drawGraph } from './graph.ts';
import type { Kernel, KernelOptions, MountedContract, MountedContribution } from './kernel-api.ts';
import { kernelErrors } from './kernel-errors.ts';
import { applyComposed } from './lifecycle/apply.ts';
import type { Comparison } from './lifecycle/changes.ts';
import { compose } from './lifecycle/compose.ts';
import { createLifecycle, settle } from './lifecycle/create-lifecycle.ts';
import { makePlan } from './lifecycle/make-plan.ts';
import { isServing } from './lifecycle/plugin-record.ts';
import type { PluginRecord } from './lifecycle/plugin-record.ts';
import { checkComposition, startAll, stopAll } from './lifecycle/run-composition.ts';
import type { Registry } from './lifecycle/registry.ts';
import { allDrained } from './lifecycle/end-life.ts';
import type { Logger } from './plugin-context.ts';
import { probePlugin } from './probe-health.ts';

const contributionsOf = ({ manifest }: PluginRecord): MountedContribution[] =>
  Object.entries(manifest.ui?.slots ?? {}).flatMap(([slot, contributions]) =>
    contributions.map((contribution) => ({ ...contribution, slot, pluginId: manifest.id })),
  );

const contractsOf = (record: PluginRecord): MountedContract[] => {
  const { generation, manifest, use, served } = record;
  if (generation === undefined) return [];
  return [...served].map((each) => ({
    ...each,
    pluginId: manifest.id,
    generation: generation.number,
    firstParty: use.firstParty ?? false,
    draining: generation.draining,
    hold: () => generation.uses.hold(),
  }));
};

/** Keeps a plugin from starting that the host says must not; a critical one starts anyway, since nothing runs without it. */
function holdBack(record: PluginRecord, { quarantined, clock = Date }: KernelOptions): void {
  const { id, critical } = record.manifest;
  const reason = quarantined?.[id];
  if (reason !== undefined && !critical) record.quarantine = { reason, atMs: clock.now() };
}

const standingOf = ({ manifest, state, reason, generationNumber }: PluginRecord): Applied['plugins'][number] => ({
  id: manifest.id,
  state,
  generation: generationNumber,
  ...(reason === undefined ? {} : { reason }),
});

const compositionOf = ({ plugins, bindings, order }: Composition): Composition => ({
  plugins,
  ...(bindings === undefined ? {} : { bindings }),
  ...(order === undefined ? {} : { order }),
});

/** Tells who listens; one that throws keeps nobody from hearing it. */
function createNews(log: Logger) {
  const listeners = new Set<() => void>();
  return {
    tell: () => {
      for (const listener of listeners) {
        try {
          listener();
        } catch (error) {
          log.error('A listener of onChange failed', { error });
        }
      }
    },
    listen: (listener: () => void) => {
      const own = () => listener();
      listeners.add(own);
      return () => void listeners.delete(own);
    },
  };
}

/** The capabilities of a registry for the host, which ends after every plugin. */
const liveFor = ({ capabilities }: Registry): Kernel['live'] =>
  ((capability: AnyCapability) =>
    createLiveRef({
      capability,
      provisions: () => capabilities.select(capability),
      book: createLeaseBook(),
      viewOf: ({ implementation }) => implementation,
      onChange: (listener) => capabilities.onChange(capability, listener),
    })) as Kernel['live'];

/** Runs calls one after the other, whatever becomes of them. */
function createTurns() {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => {});
    return turn;
  };
}

/** A kernel over a composition. Nothing of any plugin runs before `start`. */
export function createKernel(options: KernelOptions): Kernel {
  const news = createNews(options.log('kernel'));
  const first = compose(compositionOf(options), options);
  for (const record of first.records) holdBack(record, options);
  const wornOut = ({ manifest }: PluginRecord, reason: string): void => {
    inTurn(() => quarantine(manifest.id, reason)).catch((error: unknown) => {
      options.log(manifest.id).error('The plugin could not be quarantined', { error });
    });
  };
  const lifecycle = createLifecycle(options, first, { changed: news.tell, wornOut });
  const { root, registry } = lifecycle;
  const { hooks } = registry;
  const controller = new AbortController();
  setCallDefaults(root, createPrincipal({ kind: 'system', id: 'kernel' }), controller.signal);
  const call: Kernel['call'] = (principal, signal) => createCall(root, principal, signal);
  const serving = () => lifecycle.current.records.filter(isServing);
  const inTurn = createTurns();
  const compare = (target: Composition, again: readonly string[] = []): Comparison => ({
    current: lifecycle.current,
    next: compose(compositionOf(target), options),
    again: new Set(again),
  });
  const announce = async (changes: readonly PluginChange[]): Promise<void> => {
    const plugins = changes.map(({ pluginId }) => pluginId);
    await hooks.only(kernelReady, new Set(plugins)).run({}, call());
    await hooks.hook(configChanged).run({ plugins }, call());
  };

  const start = async () => {
    checkComposition(lifecycle, lifecycle.current);
    await startAll(lifecycle, () => controller.signal.aborted);
    if (!controller.signal.aborted) await hooks.hook(kernelReady).run({}, call());
  };
  const apply = async (target: Composition, again: readonly string[] = []): Promise<Applied> => {
    if (starting === undefined || controller.signal.aborted) throw kernelErrors.STOPPED();
    await starting;
    const startedMs = performance.now();
    const comparison = compare(target, again);
    const { warnings } = makePlan(comparison, registry);
    const changes = await applyComposed(lifecycle, comparison);
    const tookMs = Math.round(performance.now() - startedMs);
    await announce(changes);
    const plugins = changes.map(({ pluginId }) => pluginId);
    const standing = lifecycle.current.records.filter(({ manifest }) => plugins.includes(manifest.id)).map(standingOf);
    return { changes, plugins: standing, warnings, tookMs };
  };
  // A critical plugin stays: without it the host can not run, and the trouble of one would be that of all.
  const quarantine = async (id: string, reason: string): Promise<void> => {
    const log = options.log(id);
    const record = lifecycle.current.records.find(({ manifest }) => manifest.id === id);
    if (record?.manifest.critical)
      return log.error('The plugin would be quarantined, but is critical and goes on', { reason });
    await starting;
    const comparison = compare(lifecycle.current.composition);
    const held = comparison.next.records.find(({ manifest }) => manifest.id === id);
    if (controller.signal.aborted || held === undefined) return;
    held.quarantine = { reason, atMs: root.get(rootTokens.clock).now() };
    log.error('The plugin is quarantined until it is reset', { reason });
    await announce(await applyComposed(lifecycle, { ...comparison, isForced: true }));
  };
  let starting: Promise<void> | undefined;
  let stopping: Promise<readonly string[]> | undefined;
  const stop = async () => {
    await starting?.catch(() => {});
    return await stopAll(lifecycle);
  };

  return {
    start: () => (starting ??= start()),
    stop() {
      controller.abort();
      return (stopping ??= inTurn(stop));
    },
    composition: () => lifecycle.current.composition,
    plan: (target) => makePlan(compare(target), registry),
    apply: (target) => inTurn(() => apply(target)),
    reset: (pluginId) =>
      inTurn(async () => {
        const known = lifecycle.current.records.map(({ manifest }) => manifest.id);
        if (!known.includes(pluginId)) throw kernelErrors.UNKNOWN_PLUGIN({ plugin: pluginId, known });
        await apply(lifecycle.current.composition, [pluginId]);
      }),
    quarantine: (pluginId, reason) => inTurn(() => quarantine(pluginId, reason)),
    drained: async () => void (await allDrained(lifecycle)),
    graph: () =>
      drawGraph({
        ...lifecycle.current,
        hooks,
        failures: lifecycle.failures,
        denials: lifecycle.denials,
        draining: [...lifecycle.draining.keys()],
      }),
    denials: () => lifecycle.denials.recent(),
    contracts: () => serving().flatMap(contractsOf),
    contributions: () => serving().flatMap(contributionsOf),
    clientConfig: () =>
      Object.fromEntries(serving().map(({ manifest, settings }) => [manifest.id, clientSettings(manifest, settings)])),
    permissions: () => lifecycle.current.permissions,
    hook: (hook) => hooks.hook(hook),
    live: liveFor(registry),
    call,
    async probe(timeoutMs) {
      await Promise.all(serving().map((record) => probePlugin(record, timeoutMs)));
      for (const record of serving()) settle(lifecycle, record);
    },
    onChange: news.listen,
  };
}

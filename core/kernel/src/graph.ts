import { routePath } from '@parley/contracts';
import type { FailureBooks } from './breaker/failure-books.ts';
import type { Provision } from './capabilities/capability-registry.ts';
import type { PluginUi } from './define-plugin.ts';
import type { HookRegistry } from './hooks/hook-registry.ts';
import { KERNEL_VERSION } from './kernel-api.ts';
import type { KernelGraph, OperationNode, PluginNode, ProvisionNode } from './kernel-api.ts';
import { routesOf } from './lifecycle/check-routes.ts';
import { isServing } from './lifecycle/plugin-record.ts';
import type { ObservedContract, PluginRecord } from './lifecycle/plugin-record.ts';
import type { Generation } from './lifecycle/generation.ts';
import type { Resolution } from './manifest/resolve.ts';
import type { Denials } from './permissions/denials.ts';
import { declaredGrants } from './lockfile/grants-check.ts';
import { CallStats } from './timing/call-stats.ts';
import type { CallFigures } from './timing/call-stats.ts';

/** What the graph is drawn from. */
export interface GraphInput {
  readonly records: readonly PluginRecord[];
  readonly resolution: Resolution;
  readonly hooks: HookRegistry;
  /** Former lives that still serve what began with them. */
  readonly draining: readonly PluginRecord[];
  readonly failures: FailureBooks<Generation>;
  readonly denials: Denials;
}

const remoteOf = ({ remote }: PluginUi) => (remote === undefined ? {} : { remote });

const NO_CALLS = { ...new CallStats().figures(), methods: {} };

const toProvision = ({ capability, key, leases, figures }: Provision): ProvisionNode => ({
  capability: capability.id,
  key,
  leases,
  ...(figures?.() ?? NO_CALLS),
});

const toOperations = ({ contract, stats }: ObservedContract): OperationNode[] =>
  Object.entries(contract.operations).map(([name, operation]) => ({
    operation: `${contract.id}.${name}`,
    route: `${operation.method} ${routePath(contract, operation)}`,
    ...(stats[name] ?? new CallStats()).figures(),
  }));

const tapsOf = (hooks: HookRegistry, pluginId: string): readonly CallFigures[] =>
  hooks.nodes().flatMap(({ taps }) => taps.filter((tap) => tap.pluginId === pluginId));

const latest = (figures: readonly CallFigures[]): CallFigures['lastError'] =>
  figures.flatMap(({ lastError }) => lastError ?? []).toSorted((left, right) => right.atMs - left.atMs)[0];

function processOf({ use }: PluginRecord): Pick<PluginNode, 'process'> {
  const process = use.process?.();
  return process === undefined ? {} : { process };
}

function toNode(record: PluginRecord, input: GraphInput): PluginNode {
  const { resolution, hooks, failures, denials, draining } = input;
  const { manifest, state, reason, startMs, generationNumber, level, generation, quarantine } = record;
  const provides = [...record.provided].map(toProvision);
  const operations = [...record.served].flatMap(toOperations);
  const last = latest([...provides, ...operations, ...tapsOf(hooks, record.manifest.id)]);
  const { id, version, critical, ui } = manifest;
  return {
    id,
    version,
    state,
    ...(reason === undefined ? {} : { reason }),
    critical,
    generation: generationNumber,
    level,
    ...(startMs === undefined ? {} : { startMs }),
    requires: (resolution.needs.get(id) ?? []).map(({ capability, need, providers }) => ({
      capability,
      need,
      providers,
    })),
    provides,
    draining: draining
      .filter((each) => each.manifest.id === id)
      .map((each) => ({ generation: each.generationNumber, holds: each.generation?.uses.count ?? 0 })),
    effects: generation?.effects.labels() ?? [],
    routes: [...record.served].flatMap(({ contract }) => routesOf(contract)),
    operations,
    breakers: generation === undefined ? [] : failures.of(generation).nodes(),
    ...(quarantine === undefined ? {} : { quarantine }),
    permissions: declaredGrants(manifest),
    denied: denials.count(id),
    ...(last === undefined ? {} : { lastError: last }),
    health: Object.fromEntries([...record.probes].map(({ name, last }) => [name, last])),
    isolation: record.use.isolation ?? 'inline',
    ...processOf(record),
    ...(ui === undefined ? {} : { ui: { module: ui.module, builtIn: ui.builtIn ?? false, ...remoteOf(ui) } }),
  };
}

/** Everything the kernel can tell, as plain data. */
export function drawGraph(input: GraphInput): KernelGraph {
  const { records, resolution, hooks } = input;
  const names = new Set(records.flatMap(({ manifest }) => [manifest.id, manifest.plugin]));
  const down = records.filter((record) => record.reason !== undefined && !isServing(record));
  return {
    kernel: KERNEL_VERSION,
    plugins: records.map((record) => toNode(record, input)),
    hooks: hooks.nodes(),
    problems: [
      ...resolution.problems.filter(({ pluginId }) => pluginId === undefined).map(({ text }) => text),
      ...resolution.warnings,
      ...hooks.problems(names),
      ...down.map(({ manifest, state, reason }) => `${manifest.id} is ${state}: ${reason}`),
    ],
  };
}

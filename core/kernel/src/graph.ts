import type { PluginUi } from './define-plugin.ts';
import type { HookRegistry } from './hooks/hook-registry.ts';
import { KERNEL_VERSION } from './kernel-api.ts';
import type { KernelGraph, PluginNode } from './kernel-api.ts';
import { routesOf } from './lifecycle/check-routes.ts';
import { isServing } from './lifecycle/plugin-record.ts';
import type { PluginRecord } from './lifecycle/plugin-record.ts';
import type { Resolution } from './manifest/resolve.ts';

/** What the graph is drawn from. */
export interface GraphInput {
  readonly records: readonly PluginRecord[];
  readonly resolution: Resolution;
  readonly hooks: HookRegistry;
}

const remoteOf = ({ remote }: PluginUi) => (remote === undefined ? {} : { remote });

function toNode(record: PluginRecord, { resolution }: GraphInput): PluginNode {
  const { manifest, state, reason, startMs, generationNumber, level, generation } = record;
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
    provides: [...record.provided].map(({ capability, key, leases }) => ({ capability: capability.id, key, leases })),
    draining: [],
    effects: generation?.effects.labels() ?? [],
    routes: [...record.served].flatMap(({ contract }) => routesOf(contract)),
    health: Object.fromEntries([...record.probes].map(({ name, last }) => [name, last])),
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

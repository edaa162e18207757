import type { HookNodeView, KernelGraphView, PluginNodeView } from '@parley/contracts';
import { breakerName } from '../state/breaker-name.ts';

const ms = (value: number | undefined): string =>
  value === undefined ? '-' : `${value.toFixed(value < 10 ? 2 : 0)} ms`;
const line = (...parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join('  ');

/**
 * The graph as plain text for the report of a problem: names, states, wiring, order and times. It holds no setting, no
 * address of a person and no content, since the graph holds none.
 */
export function graphText({ kernel, plugins, hooks, problems }: KernelGraphView, at: Date): string {
  const sections = [
    [`Parley, kernel ${kernel}, ${at.toISOString()}`, `${plugins.length} plugins, ${hooks.length} hooks`],
    ['Problems', ...(problems.length === 0 ? ['none'] : problems.map((problem) => `- ${problem}`))],
    ['Plugins', ...plugins.toSorted((a, b) => a.level - b.level || (a.id < b.id ? -1 : 1)).flatMap(pluginLines)],
    ['Hooks', ...hooks.filter(({ taps }) => taps.length > 0).flatMap(hookLines)],
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function pluginLines(plugin: PluginNodeView): string[] {
  const { id, version, state, reason, level, generation, requires, provides, draining, breakers, quarantine, denied } =
    plugin;
  const { lastError, isolation, process, startMs, page } = plugin;
  return [
    line(
      `[${level}] ${id} ${version}`,
      state,
      reason && `(${reason})`,
      `generation ${generation}`,
      `start ${ms(startMs)}`,
    ),
    ...requires.map(
      ({ capability, need, providers }) => `    needs ${capability} (${need}) from ${providers.join(', ') || 'nobody'}`,
    ),
    ...provides.map(
      ({ capability, key, leases, calls, errors, p50Ms, p95Ms }) =>
        `    provides ${capability} as ${key}: ${calls} calls, ${errors} errors, p50 ${ms(p50Ms)}, p95 ${ms(p95Ms)}, ${leases} leases`,
    ),
    ...draining.map((old) => `    generation ${old.generation} drains: ${old.holds} holds`),
    ...breakers
      .filter(({ state: now }) => now !== 'closed')
      .map((breaker) => `    breaker of ${breakerName(breaker)} is ${breaker.state}: ${breaker.reason ?? ''}`),
    ...(quarantine ? [`    quarantined: ${quarantine.reason}`] : []),
    ...(lastError ? [`    last error: ${lastError.message}`] : []),
    ...(page && page.errors > 0
      ? [`    failed ${page.errors} times in pages, stopped in ${page.stops}: ${page.lastError?.message ?? ''}`]
      : []),
    ...(denied > 0 ? [`    denied ${denied} times`] : []),
    ...(isolation === 'process'
      ? [line('    in a process of its own', process && `restarts ${process.restarts}`)]
      : []),
  ];
}

const hookLines = ({ id, kind, taps }: HookNodeView): string[] => [
  `${id} (${kind})`,
  ...taps.map(
    ({ pluginId, phase, reason, calls, errors, timeouts, p50Ms, p95Ms }, index) =>
      `    ${index + 1}. ${line(pluginId, phase, reason)}: ${calls} calls, ${errors} errors, ${timeouts} timeouts, p50 ${ms(p50Ms)}, p95 ${ms(p95Ms)}`,
  ),
];

import type { HookNodeView, KernelGraphView, PluginNodeView } from '@parley/contracts';
import { columns } from '../print/columns.ts';
import type { Style } from '../print/style.ts';

/** Milliseconds as people read them. */
export function timeText(ms: number | undefined): string {
  if (ms === undefined) return '';
  if (ms >= 1_000) return `${(ms / 1_000).toFixed(1)} s`;
  return ms >= 10 ? `${Math.round(ms)} ms` : `${ms.toFixed(ms >= 1 ? 1 : 2)} ms`;
}

const isUp = ({ state }: PluginNodeView): boolean => state === 'ready' || state === 'degraded';

/** A state in the colour of what it means. */
export function stateText(state: string, style: Style): string {
  if (state === 'ready') return style.green(state);
  return ['degraded', 'starting', 'draining', 'stopped'].includes(state) ? style.yellow(state) : style.red(state);
}

const needText = ({ requires }: PluginNodeView): string =>
  requires
    .map(({ capability, need, providers }) => {
      const mark = need === 'required' ? '' : ` (${need})`;
      return `${capability}${mark} from ${providers.join(', ') || 'nobody'}`;
    })
    .join('; ');

function pluginLines(plugins: readonly PluginNodeView[], style: Style): string[] {
  const rows = plugins.map((plugin) => [
    plugin.id,
    plugin.version,
    stateText(plugin.state, style),
    `#${plugin.generation}`,
    timeText(plugin.startMs),
    needText(plugin),
  ]);
  const lines = columns([['PLUGIN', 'VERSION', 'STATE', 'LIFE', 'START', 'NEEDS'].map(style.dim), ...rows]);
  return lines.flatMap((line, index) => {
    const plugin = plugins[index - 1];
    return plugin === undefined ? [line] : [line, ...noteLines(plugin, style)];
  });
}

/** What is out of the ordinary about one plugin. */
function noteLines(plugin: PluginNodeView, style: Style): string[] {
  const { reason, draining, breakers, denied, isolation, process, quarantine, lastError } = plugin;
  const open = breakers.filter(({ state }) => state !== 'closed');
  const memory =
    process === undefined
      ? ''
      : `, pid ${process.pid}, ${Math.round(process.rssBytes / 2 ** 20)} MiB, ${process.restarts} restarts`;
  return [
    ...(reason === undefined ? [] : [style.red(reason)]),
    ...(quarantine === undefined
      ? []
      : [style.red(`quarantined: ${quarantine.reason}; lift it with \`parley plugin reset ${plugin.id}\``)]),
    ...draining.map(
      ({ generation, holds }) => `life #${generation} still serves ${holds} ${holds === 1 ? 'use' : 'uses'}`,
    ),
    ...open.map(({ hook, state, trips, reason: why, sinceMs }) =>
      style.yellow(
        `breaker of ${hook} is ${state} for ${timeText(sinceMs)}, trip ${trips}${why === undefined ? '' : `: ${why}`}`,
      ),
    ),
    ...(denied > 0 ? [style.yellow(`${denied} uses were denied; see \`parley graph --json\` or the log`)] : []),
    ...(isolation === 'process' ? [`runs in a process of its own${memory}`] : []),
    ...(lastError === undefined ? [] : [style.dim(`last error: ${lastError.message}`)]),
  ].map((note) => `    ${note}`);
}

function hookLines({ id, kind, taps }: HookNodeView, style: Style): string[] {
  const rows = taps.map(({ pluginId, reason, calls, errors, timeouts, p50Ms, p95Ms }, index) => [
    `${index + 1}`,
    pluginId,
    `${calls} calls`,
    p50Ms === undefined ? '' : `p50 ${timeText(p50Ms)}`,
    p95Ms === undefined ? '' : `p95 ${timeText(p95Ms)}`,
    errors + timeouts === 0 ? '' : style.red(`${errors} errors, ${timeouts} timeouts`),
    style.dim(reason),
  ]);
  return [`${style.bold(id)} ${style.dim(kind)}`, ...columns(rows, '  ')];
}

/** What runs, for people to read; the last line is for scripts. */
export function graphLines({ kernel, plugins, hooks, problems }: KernelGraphView, style: Style): string[] {
  const tapped = hooks.filter(({ taps }) => taps.length > 0);
  const up = plugins.filter(isUp).length;
  return [
    ...pluginLines(plugins, style),
    '',
    ...tapped.flatMap((hook) => hookLines(hook, style)),
    ...(tapped.length > 0 ? [''] : []),
    ...problems.map((problem) => style.red(`problem: ${problem}`)),
    `graph: kernel ${kernel}, ${plugins.length} plugins, ${up} up, ${plugins.length - up} down, ${tapped.length} hooks tapped, ${problems.length} problems`,
  ];
}

import type { AppliedView } from '@parley/contracts';
import { columns } from '../print/columns.ts';
import type { Style } from '../print/style.ts';
import { stateText } from './graph-lines.ts';

/** What was done, for people to read; the last line is for scripts. */
export function appliedLines(command: string, applied: AppliedView, style: Style): string[] {
  const { version, changes, plugins, warnings, tookMs } = applied;
  const states = new Map(plugins.map((plugin) => [plugin.id, plugin]));
  const rows = changes.map(({ pluginId, action }) => {
    const { state = 'stopped', reason = '' } = states.get(pluginId) ?? {};
    return [action, pluginId, stateText(state, style), reason];
  });
  return [
    ...columns(rows, '  '),
    ...warnings.map((warning) => style.yellow(`  warning: ${warning}`)),
    `${command}: version ${version} runs, ${changes.length} changes in ${Math.round(tookMs)} ms`,
  ];
}

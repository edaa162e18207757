import type { PlanView, PluginChangeView } from '@parley/contracts';
import { columns } from '../print/columns.ts';
import type { Style } from '../print/style.ts';

const SIGNS = { start: '+', stop: '-', replace: '~', restart: '!' } as const;

const versionOf = ({ fromVersion, toVersion }: PluginChangeView): string =>
  fromVersion === undefined || toVersion === undefined || fromVersion === toVersion
    ? (toVersion ?? fromVersion ?? '')
    : `${fromVersion} -> ${toVersion}`;

const differences = (title: string, { added, removed }: PluginChangeView['permissions']): string[] => [
  ...(added.length > 0 ? [`${title} + ${added.join(', ')}`] : []),
  ...(removed.length > 0 ? [`${title} - ${removed.join(', ')}`] : []),
];

/** What one change brings beside itself. */
function detailsOf(change: PluginChangeView): string[] {
  const { action, leases, migrations } = change;
  return [
    ...differences('permissions', change.permissions),
    ...migrations.map(({ entity, from, to }) => `records of ${entity} are migrated from version ${from} to ${to}`),
    ...differences('routes', change.routes),
    ...differences('page', change.slots),
    ...(leases > 0 ? [`${leases} running ${leases === 1 ? 'use ends' : 'uses end'} on the present generation`] : []),
    ...(action === 'restart' ? ['it is away for a moment: the old one stops before the new one starts'] : []),
  ];
}

function changeLines(changes: readonly PluginChangeView[], style: Style): string[] {
  const paint = { start: style.green, stop: style.red, replace: style.yellow, restart: style.red } as const;
  const rows = columns(
    changes.map((change) => [
      paint[change.action](`${SIGNS[change.action]} ${change.action}`),
      change.pluginId,
      versionOf(change),
      change.reason,
    ]),
    '  ',
  );
  return rows.flatMap((row, index) => [
    row,
    ...detailsOf(changes[index] as PluginChangeView).map((detail) => style.dim(`      ${detail}`)),
  ]);
}

/** A plan for people to read; its last line is for scripts. */
export function planLines(plan: PlanView, style: Style): string[] {
  const { changes, hookOrders, problems, warnings } = plan;
  return [
    ...(changes.length === 0 ? ['Nothing of what runs changes.'] : changeLines(changes, style)),
    ...hookOrders.map(
      ({ hook, before, after }) =>
        `  order of ${hook}: ${after.join(', ') || 'nobody'} ${style.dim(`(now: ${before.join(', ') || 'nobody'})`)}`,
    ),
    ...warnings.map((warning) => style.yellow(`  warning: ${warning}`)),
    ...problems.map((problem) => style.red(`  problem: ${problem}`)),
    `plan: ${changes.length} changes, ${problems.length} problems, id ${plan.id}`,
  ];
}

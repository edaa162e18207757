import type { PlanView, PluginChangeView } from '@parley/contracts';

/** One thing that a plan does, in words. */
export interface Consequence {
  /** `signal` where somebody should think about it. */
  readonly tone: 'plain' | 'signal';
  readonly text: string;
  /** Names that belong to it: settings, addresses, permissions. */
  readonly names: readonly string[];
}

const count = (amount: number, one: string, many: string): string => (amount === 1 ? `1 ${one}` : `${amount} ${many}`);
const plain = (text: string, names: readonly string[] = []): Consequence => ({ tone: 'plain', text, names });
const signal = (text: string, names: readonly string[] = []): Consequence => ({ tone: 'signal', text, names });

/** What happens to a plugin, in a few words: "is replaced without a pause". */
export const actionWords: Readonly<Record<PluginChangeView['action'], string>> = {
  start: 'starts',
  stop: 'stops',
  replace: 'is replaced without a pause',
  restart: 'stops, then starts again',
};

/** What a change means beside its action, the weightiest first. */
export function consequencesOf(change: PluginChangeView): readonly Consequence[] {
  const { action, reason, fromVersion, toVersion, settings, permissions, migrations, routes, slots, leases } = change;
  return [
    ...(action === 'restart' ? [signal('Requests that come in between find nobody')] : []),
    ...when(permissions.added, (names) => signal('May from now on', names)),
    ...migrations.map(({ entity, from, to }) => signal(`Records of ${entity} move from version ${from} to ${to}`)),
    ...(leases > 0
      ? [plain(`${count(leases, 'stream or run finishes', 'streams or runs finish')} on the old one first`)]
      : []),
    ...(fromVersion !== undefined && toVersion !== undefined && fromVersion !== toVersion
      ? [plain(`Version ${fromVersion} becomes ${toVersion}`)]
      : []),
    ...when(reason.startsWith('settings changed') ? [] : settings, (names) =>
      plain(names.length === 1 ? 'A setting changes' : 'Settings change', names),
    ),
    ...when(permissions.removed, (names) => plain('May no longer', names)),
    ...when(slots.added, (names) => plain('Shows in the page', names)),
    ...when(slots.removed, (names) => plain('Leaves the page', names)),
    ...when(routes.added, (names) => plain(count(names.length, 'address is added', 'addresses are added'), names)),
    ...when(routes.removed, (names) => plain(count(names.length, 'address goes', 'addresses go'), names)),
  ];
}

const when = (names: readonly string[], words: (names: readonly string[]) => Consequence): Consequence[] =>
  names.length === 0 ? [] : [words(names)];

/** The whole plan in one sentence, for the announcement and the heading. */
export function planSummary({ changes }: Pick<PlanView, 'changes'>): string {
  if (changes.length === 0) return 'Nothing changes in what runs.';
  const streams = changes.reduce((sum, { leases }) => sum + leases, 0);
  const [first, ...others] = changes;
  const rest =
    others.length === 0 ? '' : `, and ${count(others.length, 'other plugin changes', 'other plugins change')} with it`;
  const drains = streams === 0 ? '' : ` ${count(streams, 'stream or run finishes', 'streams or runs finish')} first.`;
  return `${first?.pluginId} ${first ? actionWords[first.action] : ''}${rest}.${drains}`;
}

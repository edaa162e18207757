import type { PluginUse } from '../composition-api.ts';
import type { AnyPlugin } from '../define-plugin.ts';
import type { ResolvedNeed } from '../manifest/resolve.ts';
import { changedPaths } from './changed-paths.ts';
import type { Composed } from './compose.ts';
import type { PluginRecord } from './plugin-record.ts';

/** What happens to one plugin, and why. */
export interface Change {
  readonly id: string;
  readonly action: 'start' | 'stop' | 'replace' | 'restart';
  readonly reason: string;
  /** It was changed itself; else it follows another. */
  readonly isAsked: boolean;
  readonly before: PluginRecord | undefined;
  readonly after: PluginRecord | undefined;
}

/** What changes are worked out from. */
export interface Comparison {
  readonly current: Composed;
  readonly next: Composed;
  /** Plugins to start anew although nothing about them changes. */
  readonly again: ReadonlySet<string>;
  /** A plugin goes whatever becomes of those that need it: they wait, and what fails is left failed. */
  readonly isForced?: boolean;
}

const idOf = ({ manifest }: PluginRecord): string => manifest.id;
const byId = ({ records }: Composed) => new Map(records.map((record) => [idOf(record), record]));

function codeReason(before: AnyPlugin, after: AnyPlugin): string[] {
  if (before === after) return [];
  return [
    before.version === after.version ? 'its definition changed' : `version ${before.version} to ${after.version}`,
  ];
}

/** Dotted paths of the settings that differ. */
export const changedSettings = (
  before: PluginRecord | undefined,
  after: PluginRecord | undefined,
): readonly string[] =>
  before === undefined || after === undefined || changedPaths(before.use.config, after.use.config).length === 0
    ? []
    : changedPaths(before.settings, after.settings);

/** What the operator says of a plugin beside its settings. */
const termsOf = ({ firstParty, grants, isolation, door, startTimeoutMs }: PluginUse) => ({
  firstParty: firstParty ?? false,
  grants,
  isolation: isolation ?? 'inline',
  door,
  startTimeoutMs,
});

/** Why a plugin is not what it was. */
function differences(before: PluginRecord, after: PluginRecord): readonly string[] {
  const settings = changedSettings(before, after);
  return [
    ...codeReason(before.use.plugin, after.use.plugin),
    ...(settings.length === 0 ? [] : [`settings changed: ${settings.join(', ')}`]),
    ...changedPaths(termsOf(before.use), termsOf(after.use)).map((path) => `${path} changed`),
  ];
}

/** Entities whose records are rewritten. */
export const migrationsOf = (before: PluginRecord | undefined, after: PluginRecord | undefined) =>
  (after?.manifest.storage ?? []).flatMap(({ name: entity, version: to }) => {
    const from = before?.manifest.storage.find(({ name }) => name === entity)?.version;
    return from === undefined || from === to ? [] : [{ entity, from, to }];
  });

/** The needs whose implementations a plugin is given when it starts, by its providers that start before it. */
const givenNeeds = ({ resolution }: Composed, id: string): readonly ResolvedNeed[] =>
  (resolution.needs.get(id) ?? [])
    .filter(({ need }) => need !== 'live')
    .map((need) => ({
      ...need,
      providers: need.providers.filter((provider) => startsBefore(resolution, provider, id)),
    }));

const startsBefore = ({ levels }: Composed['resolution'], first: string, second: string): boolean =>
  (levels.get(first) ?? 0) < (levels.get(second) ?? 0);

/** Why a plugin follows others: one of those whose implementation it was given is not the same any more. */
function followReason({ current, next }: Comparison, touched: ReadonlyMap<string, string>, id: string) {
  const former = givenNeeds(current, id);
  for (const { capability, providers } of givenNeeds(next, id)) {
    const before = former.find((need) => need.capability === capability)?.providers ?? [];
    const gone = before.find((provider) => !providers.includes(provider));
    if (gone !== undefined && providers.length === 0) return `its ${capability} goes`;
    const come = providers.find((provider) => !before.includes(provider));
    if (come !== undefined) return `its ${capability} comes from ${come}`;
    if (gone !== undefined) return `its ${capability} of ${gone} goes`;
    if (providers.some((provider) => touched.has(provider))) return `its ${capability} is replaced`;
  }
  return undefined;
}

/** Plugins that must stop before they start again: those that say so or whose records are rewritten, and who uses them. */
function findRestarts({ next }: Comparison, changed: ReadonlyMap<string, string>, pairs: Pairs): ReadonlySet<string> {
  const restarts = new Set<string>();
  const mustStop = ({ before, after }: Pair): boolean =>
    before !== undefined &&
    after !== undefined &&
    before.generation !== undefined &&
    (before.use.plugin.swap === 'restart' ||
      after.use.plugin.swap === 'restart' ||
      migrationsOf(before, after).length > 0);
  for (let size = -1; size !== restarts.size; ) {
    size = restarts.size;
    for (const id of changed.keys()) {
      const follows = givenNeeds(next, id).some(({ providers }) => providers.some((each) => restarts.has(each)));
      const pair = pairs.get(id);
      if (pair?.before?.generation !== undefined && (follows || mustStop(pair))) restarts.add(id);
    }
  }
  return restarts;
}

interface Pair {
  readonly before: PluginRecord | undefined;
  readonly after: PluginRecord | undefined;
}
type Pairs = ReadonlyMap<string, Pair>;

function pairUp({ current, next }: Comparison): Pairs {
  const old = byId(current);
  const young = byId(next);
  return new Map([...young.keys(), ...old.keys()].map((id) => [id, { before: old.get(id), after: young.get(id) }]));
}

function askedReason({ before, after }: Pair, isAgain: boolean): string | undefined {
  if (before === undefined) return 'it is added';
  if (after === undefined) return 'it is taken out';
  if (after.quarantine !== undefined && before.quarantine === undefined) return 'it is quarantined';
  const reasons = differences(before, after);
  if (reasons.length > 0) return reasons.join('; ');
  return isAgain ? 'it is started anew' : undefined;
}

/** What has to happen so that `next` is what runs: the plugins that changed, and those that were given something of them. */
export function findChanges(comparison: Comparison): readonly Change[] {
  const pairs = pairUp(comparison);
  const reasons = new Map<string, string>();
  for (const [id, pair] of pairs) {
    const reason = askedReason(pair, comparison.again.has(id));
    if (reason !== undefined) reasons.set(id, reason);
  }
  const asked = new Set(reasons.keys());
  for (let size = -1; size !== reasons.size; ) {
    size = reasons.size;
    for (const [id, { before, after }] of pairs) {
      if (after === undefined || reasons.has(id) || before?.quarantine !== undefined) continue;
      const reason = followReason(comparison, reasons, id);
      if (reason !== undefined) reasons.set(id, reason);
    }
  }
  const restarts = findRestarts(comparison, reasons, pairs);
  return [...pairs].flatMap(([id, { before, after }]): Change[] => {
    const reason = reasons.get(id);
    if (reason === undefined) return [];
    return [
      { id, action: actionOf({ before, after }, restarts.has(id)), reason, isAsked: asked.has(id), before, after },
    ];
  });
}

function actionOf({ before, after }: Pair, isRestart: boolean): Change['action'] {
  if (after === undefined || after.quarantine !== undefined) return 'stop';
  if (before?.generation === undefined) return 'start';
  return isRestart ? 'restart' : 'replace';
}

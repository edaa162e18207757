import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { kernelAdminErrors } from '@parley/contracts';
import type { Change, HistoryEntry } from '@parley/contracts';
import type { Applied, Composition, ConfigSource, Kernel, Logger, Plan, PluginUse } from '@parley/kernel';
import type { ConfigFile } from '@parley/kernel/config';
import { lockfilePath } from '@parley/package';
import { hostErrors } from '../host-errors.ts';
import { applyChanges } from './apply-changes.ts';
import { compose } from './compose.ts';
import type { Composed, Entry } from './compose.ts';
import { openCompositionFile } from './composition-file.ts';
import type { ChangedEntries, CompositionVersion } from './composition-file.ts';
import { fileEntries, mergeLayers } from './entry.ts';
import type { LayerEntry } from './entry.ts';
import { openInstalledPlugins } from './installed-plugins.ts';
import type { InstalledPlugins } from './installed-plugins.ts';
import { createPluginLoader } from './load-plugin.ts';
import type { LoadedPlugin, PluginLoader } from './load-plugin.ts';
import { readConfig } from './read-config.ts';
import { requiredProblems } from './required.ts';
import type { Seal } from './seal.ts';
import { valueAt } from './settings-patch.ts';
import { SHIPPED, shippedEntries } from './shipped.ts';
import type { Environment } from './shipped.ts';

/** What a manager works with. */
export interface ManagerOptions {
  readonly dataDir: string;
  /** Config file; without one the defaults and the changes made while serving are all there is. */
  readonly configFile: string | undefined;
  readonly env: Environment;
  /** Plugins that stand in place of the shipped ones. */
  readonly given: readonly PluginUse[] | undefined;
  readonly bindings: Readonly<Record<string, string>>;
  readonly seal: Seal;
  /** Version of a module that the page shares, where a page is served. */
  readonly sharedVersion?: ((name: string) => string | undefined) | undefined;
  readonly log: Logger;
}

/** Changes asked for, or a version to go back to. */
export type Wish = { readonly changes: readonly Change[] } | { readonly to: number };

/** Who asks for changes. */
export interface Author {
  /** The user's id, or `operator`. */
  readonly by: string;
  readonly via: 'api' | 'socket';
}

/** What a wish comes to, before it is fulfilled. */
export interface PlannedChange {
  readonly id: string;
  readonly plan: Plan;
  readonly problems: readonly string[];
}

/** Holds the composition: defaults, config file and the changes made while serving. */
export interface CompositionManager {
  /** Where settings come from, as it is now. */
  readonly source: ConfigSource;
  readonly loader: PluginLoader;
  readonly installed: InstalledPlugins;
  /** What the host starts with. @throws HOST_PLUGIN_NOT_FOUND */
  first(): Promise<Composition>;
  /** The kernel that changes are applied to from now on. */
  serve(kernel: Kernel): void;
  entries(): readonly Entry[];
  /** Number of the present version. */
  version(): number;
  /** Names the config file requires. */
  required(): readonly string[];
  /** The state of code in use, by `use`. */
  states(): ReadonlyMap<string, string>;
  /** @throws what `Change` may be refused with */
  plan(wish: Wish, author: Author): Promise<PlannedChange>;
  /** @throws KERNEL_PLAN_OUTDATED, KERNEL_CHANGE_REFUSED, KERNEL_APPLY_FAILED; then nothing has changed */
  apply(wish: Wish, author: Author, planId?: string): Promise<{ readonly applied: Applied; readonly version: number }>;
  /** Takes the config file over as it is now; one that can not be read or applied changes nothing and is told. */
  readFileAgain(): Promise<void>;
  history(): readonly HistoryEntry[];
  /** What is not as it should be, in words for an operator. */
  problems(): readonly string[];
}

interface State {
  readonly file: ConfigFile | undefined;
  readonly changes: ChangedEntries;
  readonly composed: Composed;
}

interface Draft extends PlannedChange {
  readonly state: State;
  readonly summary: string;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Plugins handed over as values: each is its own default entry. */
function givenLayer(uses: readonly PluginUse[]): { entries: LayerEntry[]; plugins: Map<string, LoadedPlugin> } {
  const plugins = new Map<string, LoadedPlugin>();
  const entries = uses.map(({ plugin, id = plugin.id, firstParty = false, config, grants }): LayerEntry => {
    const use = plugins.has(id) ? `${id}#${plugins.size}` : id;
    plugins.set(use, { plugin, isFirstParty: firstParty });
    return { use, id, isEnabled: true, settings: config, ...(grants === undefined ? {} : { grants }) };
  });
  return { entries, plugins };
}

/** Whether a plugin that can not be loaded keeps everything from starting: the operator named it and waits for it. */
const isFatal = ({ failure, changed, use, source }: Entry, loader: PluginLoader): boolean =>
  failure?.kind === 'load' && changed?.use === undefined && source !== 'admin' && loader.kindOf(use) !== 'installed';

/** @throws HOST_BAD_COMPOSITION, and KERNEL_INVALID for a lockfile that can not be read */
export function createCompositionManager(options: ManagerOptions): CompositionManager {
  const { configFile, dataDir, env, seal, log } = options;
  const stored = openCompositionFile(dataDir);
  const installed = openInstalledPlugins({
    lockfile: lockfilePath(dataDir, configFile),
    dataDir,
    sharedVersion: options.sharedVersion,
  });
  const given = options.given && givenLayer(options.given);
  const defaults = given?.entries ?? shippedEntries(env);
  const loader = createPluginLoader({
    given: given?.plugins ?? new Map(),
    folder: configFile === undefined ? '.' : dirname(configFile),
    installed,
  });
  let kernel: Kernel | undefined;
  let state: State | undefined;
  let fileProblem: string | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  const present = (): State => {
    if (state === undefined) throw new Error('The composition has not been read yet');
    return state;
  };
  const running = (): Kernel => {
    if (kernel === undefined) throw new Error('The composition has no kernel yet');
    return kernel;
  };
  /** One after the other: each works on what the one before it left. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work);
    turn = done.catch(() => undefined);
    return done;
  };
  let sourceFile: ConfigFile | undefined;
  let sourceChanges: ChangedEntries = stored.versions().at(-1)?.entries ?? {};
  const source: ConfigSource = {
    place: (pluginId, path) =>
      valueAt(sourceChanges[pluginId]?.settings, path) === undefined
        ? sourceFile?.source.place(pluginId, path)
        : stored.path,
  };
  const draftState = async (
    file: ConfigFile | undefined,
    changes: ChangedEntries,
    states: ReadonlyMap<string, string>,
  ): Promise<State> => {
    [sourceFile, sourceChanges] = [file, changes];
    const composed = await compose({
      base: mergeLayers(defaults, file === undefined ? [] : fileEntries(file)),
      changes,
      bindings: { ...options.bindings, ...file?.bindings },
      order: file?.order ?? {},
      loader,
      installed,
      seal,
      source,
      states,
    });
    return { file, changes, composed };
  };
  const fatal = ({ file, composed }: State): readonly string[] =>
    composed.entries
      .filter((entry) => isFatal(entry, loader))
      .map(({ id, use, failure }) => {
        const place = file?.source.place(id, []) ?? file?.source.place(use, []);
        return `${place === undefined ? '' : `${place}: `}${use}: ${failure?.reason}`;
      });

  const planState = (next: State, touched: ReadonlySet<string>, summary: string): Draft => {
    const plan = running().plan(next.composed.target);
    const failed = next.composed.entries
      .filter(({ id, failure }) => failure !== undefined && touched.has(id))
      .map(({ id, failure }) => `${id}: ${failure?.reason}`);
    const problems = [
      ...failed,
      ...requiredProblems(next.file?.required ?? [], next.composed.entries),
      ...plan.problems,
    ];
    const said = JSON.stringify([stored.versions().at(-1)?.version, plan.id, summary]);
    return { id: createHash('sha256').update(said).digest('hex').slice(0, 32), plan, problems, state: next, summary };
  };
  const draft = async (wish: Wish, { via }: Author): Promise<Draft> => {
    installed.refresh();
    const { file, changes, composed } = present();
    if ('to' in wish) {
      const { entries } = versionOf(stored.versions(), wish.to);
      const ids = [...new Set([...Object.keys(entries), ...Object.keys(changes)])];
      const touched = new Set(ids.filter((id) => !isDeepStrictEqual(entries[id], changes[id])));
      return planState(await draftState(file, entries, composed.states), touched, `go back to version ${wish.to}`);
    }
    const input = { entries: composed.entries, changes, loader, seal, states: composed.states };
    const changed = await applyChanges(wish.changes, { ...input, mayAddAny: via === 'socket' });
    return planState(await draftState(file, changed.changes, changed.states), changed.touched, changed.summary);
  };
  /** What errors point to is what runs again, once a draft was refused. */
  const restoring = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } finally {
      [sourceFile, sourceChanges] = [present().file, present().changes];
    }
  };
  const commit = async (next: Draft, by: string, via: CompositionVersion['via']) => {
    const entry = { at: new Date().toISOString(), by, via, summary: next.summary, entries: next.state.changes };
    const pending = await stored.prepare(entry);
    const applied = await running()
      .apply(next.state.composed.target)
      .catch((error: unknown) => {
        pending.discard();
        throw error;
      });
    const { version } = pending.commit();
    state = next.state;
    log.info('The composition has changed', { version, by, via, summary: next.summary });
    return { applied, version };
  };

  return {
    source,
    loader,
    installed,
    async first() {
      const file = configFile === undefined ? undefined : await readConfig(configFile, env);
      const next = await draftState(file, sourceChanges, new Map());
      const problems = fatal(next);
      if (problems.length > 0) {
        throw hostErrors.PLUGIN_NOT_FOUND({ problems: problems.join('\n'), shipped: Object.keys(SHIPPED) });
      }
      state = next;
      return next.composed.target;
    },
    serve(started) {
      kernel = started;
    },
    entries: () => present().composed.entries,
    version: () => stored.versions().at(-1)?.version ?? 0,
    required: () => present().file?.required ?? [],
    states: () => present().composed.states,
    plan: (wish, author) =>
      inTurn(() =>
        restoring(async () => {
          const { id, plan, problems } = await draft(wish, author);
          return { id, plan, problems };
        }),
      ),
    apply: (wish, author, planId) =>
      inTurn(() =>
        restoring(async () => {
          const next = await draft(wish, author);
          if (planId !== undefined && planId !== next.id) throw kernelAdminErrors.PLAN_OUTDATED();
          if (next.problems.length > 0) throw kernelAdminErrors.CHANGE_REFUSED({ problems: next.problems });
          return commit(next, author.by, author.via);
        }),
      ),
    readFileAgain: () =>
      inTurn(() =>
        restoring(async () => {
          if (configFile === undefined) return;
          try {
            installed.refresh();
            const { changes, composed } = present();
            const next = await draftState(await readConfig(configFile, env), changes, composed.states);
            const planned = planState(next, new Set(), `${configFile} was changed`);
            const problems = [...fatal(next), ...planned.problems];
            if (problems.length > 0) throw new Error(problems.join('\n'));
            if (isDifferent(planned.plan)) await commit(planned, 'file', 'file');
            state = next;
            fileProblem = undefined;
          } catch (error) {
            fileProblem = messageOf(error);
            log.error('The config file was not taken over; what ran goes on', {
              file: configFile,
              reason: fileProblem,
            });
          }
        }),
      ),
    history: () =>
      stored
        .versions()
        .toReversed()
        .map(({ entries: _entries, ...entry }, index) => ({ ...entry, isCurrent: index === 0 })),
    problems: () => [
      ...(fileProblem === undefined ? [] : [`${configFile} was not taken over; what ran goes on: ${fileProblem}`]),
      ...present()
        .composed.entries.filter(({ failure }) => failure !== undefined)
        .map(({ id, failure }) => `${id} does not run: ${failure?.reason}`),
    ],
  };
}

const isDifferent = ({ changes, hookOrders }: Plan): boolean => changes.length + hookOrders.length > 0;

function versionOf(versions: readonly CompositionVersion[], to: number): CompositionVersion {
  const found = versions.find(({ version }) => version === to);
  if (found !== undefined) return found;
  throw kernelAdminErrors.VERSION_NOT_FOUND({ to, first: versions[0]?.version, last: versions.at(-1)?.version });
}

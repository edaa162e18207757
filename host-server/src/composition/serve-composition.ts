import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { isAppError, kernelAdminErrors } from '@parley/contracts';
import type { Kernel, Logger } from '@parley/kernel';
import { hostErrors } from '../host-errors.ts';
import { applyChanges } from './apply-changes.ts';
import type { CompositionVersion } from './composition-file.ts';
import { openLayers } from './layers.ts';
import type { LayeredState, LayerOptions, Layers } from './layers.ts';
import type { Author, CompositionManager, PlannedChange, Wish } from './manager-api.ts';
import { requiredProblems } from './required.ts';
import { SHIPPED } from './shipped.ts';

interface Draft extends PlannedChange {
  readonly state: LayeredState;
  /** In words, without values. */
  readonly summary: string;
}

/** What a wish would make of the present state, before a kernel was asked. */
interface Intent {
  readonly state: LayeredState;
  readonly summary: string;
  readonly problems: readonly string[];
}

/** Why plugins that a wish concerns could not run. */
const failuresOf = ({ composed }: LayeredState, touched: ReadonlySet<string>): readonly string[] =>
  composed.entries
    .filter(({ id, failure }) => failure !== undefined && touched.has(id))
    .map(({ id, failure }) => `${id}: ${failure?.reason}`);

/** The problems an error lists, or what it says. */
const problemsIn = (error: unknown): readonly string[] =>
  isAppError(error) && Array.isArray(error.details['problems'])
    ? (error.details['problems'] as readonly string[])
    : [error instanceof Error ? error.message : String(error)];

/** The config file; one that can not be read is refused like any other change. */
const readFile = (layers: Layers): ReturnType<Layers['readFile']> =>
  layers.readFile().catch((error: unknown) => {
    throw kernelAdminErrors.CHANGE_REFUSED({ problems: problemsIn(error) }, error);
  });

async function intend(wish: Wish, { via }: Author, layers: Layers, present: LayeredState): Promise<Intent> {
  const { file, changes, composed } = present;
  if ('file' in wish) {
    const state = await layers.make(await readFile(layers), changes, composed.states);
    return { state, summary: 'take the config file over', problems: layers.unloadable(state) };
  }
  if ('to' in wish) {
    const { entries } = versionOf(layers.stored.versions(), wish.to);
    const ids = [...Object.keys(entries), ...Object.keys(changes)];
    const touched = new Set(ids.filter((id) => !isDeepStrictEqual(entries[id], changes[id])));
    const state = await layers.make(file, entries, composed.states);
    return { state, summary: `go back to version ${wish.to}`, problems: failuresOf(state, touched) };
  }
  const { loader } = layers;
  const input = { entries: composed.entries, changes, loader, seal: layers.seal, states: composed.states };
  const changed = await applyChanges(wish.changes, { ...input, mayAddAny: via === 'socket' });
  const state = await layers.make(file, changed.changes, changed.states);
  return { state, summary: changed.summary, problems: failuresOf(state, changed.touched) };
}

function versionOf(versions: readonly CompositionVersion[], to: number): CompositionVersion {
  const found = versions.find(({ version }) => version === to);
  if (found !== undefined) return found;
  throw kernelAdminErrors.VERSION_NOT_FOUND({ to, first: versions[0]?.version, last: versions.at(-1)?.version });
}

/** @throws HOST_BAD_COMPOSITION, and KERNEL_INVALID for a lockfile that can not be read */
export function createCompositionManager(options: LayerOptions & { readonly log: Logger }): CompositionManager {
  const { configFile, log } = options;
  const layers = openLayers(options);
  const { stored, installed } = layers;
  let kernel: Kernel | undefined;
  let state: LayeredState | undefined;
  let fileProblem: string | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  const present = (): LayeredState => {
    if (state === undefined) throw new Error('The composition has not been read yet');
    return state;
  };
  const running = (): Kernel => {
    if (kernel === undefined) throw new Error('The composition has no kernel yet');
    return kernel;
  };
  const version = (): number => stored.versions().at(-1)?.version ?? 0;
  /** One after the other: each works on what the one before it left. What errors point to is what runs. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work).finally(() => layers.pointTo(present()));
    turn = done.catch(() => undefined);
    return done;
  };
  const draft = async (wish: Wish, author: Author): Promise<Draft> => {
    installed.refresh();
    const { state: next, summary, problems } = await intend(wish, author, layers, present());
    const plan = running().plan(next.composed.target);
    const missing = requiredProblems(next.file?.required ?? [], next.composed.entries);
    const said = JSON.stringify([version(), plan.id, summary]);
    const id = createHash('sha256').update(said).digest('hex').slice(0, 32);
    return { id, plan, problems: [...problems, ...missing, ...plan.problems], state: next, summary };
  };
  const commit = async ({ state: next, summary }: Draft, { by, via }: Author) => {
    const pending = await stored.prepare({ at: new Date().toISOString(), by, via, summary, entries: next.changes });
    const applied = await running()
      .apply(next.composed.target)
      .catch((error: unknown) => {
        pending.discard();
        throw error;
      });
    const { version: made } = pending.commit();
    state = next;
    log.info('The composition has changed', { version: made, by, via, summary });
    return { applied, version: made };
  };
  const fulfil = async (wish: Wish, author: Author, planId?: string) => {
    const next = await draft(wish, author);
    if (planId !== undefined && planId !== next.id) throw kernelAdminErrors.PLAN_OUTDATED();
    if (next.problems.length > 0) throw kernelAdminErrors.CHANGE_REFUSED({ problems: next.problems });
    const done = await commit(next, author);
    if ('file' in wish) fileProblem = undefined;
    return done;
  };
  /** A save that changes nothing of what runs leaves no version behind. */
  const followFile = async (author: Author): Promise<void> => {
    const next = await draft({ file: true }, author);
    if (next.problems.length > 0) throw kernelAdminErrors.CHANGE_REFUSED({ problems: next.problems });
    const { changes, hookOrders } = next.plan;
    if (changes.length + hookOrders.length > 0) await commit(next, author);
    state = next.state;
    fileProblem = undefined;
  };

  return {
    source: layers.source,
    loader: layers.loader,
    installed,
    async first() {
      const next = await layers.make(await layers.readFile(), stored.versions().at(-1)?.entries ?? {}, new Map());
      const problems = layers.unloadable(next);
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
    version,
    required: () => present().file?.required ?? [],
    states: () => present().composed.states,
    plan: (wish, author) =>
      inTurn(async () => {
        const { id, plan, problems } = await draft(wish, author);
        return { id, plan, problems };
      }),
    apply: (wish, author, planId) => inTurn(() => fulfil(wish, author, planId)),
    readFileAgain: () =>
      inTurn(() =>
        followFile({ by: 'file', via: 'file' }).catch((error: unknown) => {
          fileProblem = problemsIn(error).join('\n');
          log.error('The config file was not taken over; what ran goes on', { file: configFile, reason: fileProblem });
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

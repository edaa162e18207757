import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, StatementSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { newId } from '@parley/contracts';
import type { Composition, Kernel, PluginUse } from '@parley/kernel';
import { chatContract } from '@parley/plugin-chat/contract';
import { notesContract } from '@parley/plugin-notes/contract';
import notes from '@parley/plugin-notes/server';
import { searchContract } from '@parley/plugin-search/contract';
import providerOpenai from '@parley/plugin-provider-openai/server';
import { script, startTestHost, watchResources } from '@parley/testing';
import type { ResourceWatch, TestHost, TestUser } from '@parley/testing';
import * as fc from 'fast-check';

/** Settings that are as good as the default ones, of the plugins that have any. */
const OTHER_SETTINGS: Readonly<Record<string, (round: number) => object>> = {
  'storage-sqlite': (round) => ({ sweepSeconds: 100 + round }),
  'cache-memory': (round) => ({ maxEntries: 1_000 + round }),
  identity: (round) => ({ accessTokenSeconds: 600 + round }),
  'auth-local': (round) => ({ triesPerAccount: 50 + round }),
  chat: (round) => ({ logRetentionHours: 24 + round }),
  'provider-demo': (round) => ({ pieceDelayMs: round }),
  notes: (round) => ({ maxNotesPerConversation: 100 + round }),
  search: (round) => ({ lookSeconds: 100 + round }),
  'search-sqlite': (round) => ({ searchTimeoutMs: 1_000 + round }),
};
/** The first-party plugin that needs settings; nobody listens there. */
const openai: PluginUse = {
  plugin: providerOpenai,
  firstParty: true,
  config: { key: 'nobody', title: 'Nobody', baseUrl: 'http://127.0.0.1:9/v1', models: ['model'] },
};
const ACTIONS = ['disable', 'enable', 'configure', 'replace'] as const;

interface Step {
  readonly action: (typeof ACTIONS)[number];
  /** Which plugin of the first composition. */
  readonly place: number;
  readonly round: number;
}

let watch: ResourceWatch;
let host: TestHost;
let ann: TestUser;
let first: Composition;
const dataDir = mkdtempSync(join(tmpdir(), 'parley-reversible-'));
beforeAll(async () => {
  watch = watchResources();
  host = await startTestHost({ shipped: true, plugins: [notes, openai], dataDir, model: script`Hello` });
  ann = await host.user('Ann');
  first = host.kernel.composition();
  await exercise(true);
}, 120_000);
afterAll(async () => {
  watch.stop();
  await host.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const idOf = ({ id, plugin }: PluginUse): string => id ?? plugin.id;

/** Without `id` and whoever can not be without it. */
function without(plugins: readonly PluginUse[], id: string, kernel: Kernel): readonly PluginUse[] {
  const gone = new Set([id]);
  for (let size = 0; size !== gone.size; ) {
    size = gone.size;
    for (const { id: user, requires } of kernel.graph().plugins) {
      const lacks = requires.some(
        ({ need, providers }) =>
          need === 'required' && providers.length > 0 && providers.every((each) => gone.has(each)),
      );
      if (lacks) gone.add(user);
    }
  }
  return plugins.filter((use) => !gone.has(idOf(use)));
}

function next(plugins: readonly PluginUse[], { action, place, round }: Step): readonly PluginUse[] {
  const chosen = first.plugins[place % first.plugins.length] as PluginUse;
  const id = idOf(chosen);
  if (action === 'disable') return without(plugins, id, host.kernel);
  if (action === 'enable') return first.plugins;
  const changed =
    action === 'replace'
      ? { ...chosen, plugin: { ...chosen.plugin } }
      : { ...chosen, config: OTHER_SETTINGS[id]?.(round) ?? chosen.config };
  return plugins.map((use) => (idOf(use) === id ? changed : use));
}

/** Asks what every composition must answer without a failure of its own; all of it when `isWhole`. */
async function exercise(isWhole: boolean): Promise<void> {
  const paths = ['/api/ui/manifest', '/api/openapi.json', '/api/convos', '/api/models', '/health/plugins'];
  for (const path of paths) expect((await ann.request(path)).status).toBeLessThan(500);
  if (!isWhole) return;
  const { modelId: model } = host.model;
  const chat = ann.client(chatContract);
  const { streamId, conversationId } = await chat.send({
    idempotencyKey: newId(),
    parts: [{ type: 'text', text: 'Hi' }],
    model,
  });
  const types: string[] = [];
  for await (const { event } of chat.stream({ streamId })) types.push(event.type);
  expect(types.at(-1)).toBe('run-end');
  await ann.client(notesContract).create({ conversationId, text: 'x' });
  await indexed(conversationId);
}

/** Waits until all that was written can be found, and the indexer rests. */
async function indexed(conversationId: string): Promise<void> {
  if (!host.kernel.graph().plugins.some(({ id, state }) => id === 'search' && state === 'ready')) return;
  const search = ann.client(searchContract);
  const isFound = async (q: string) => (await search.search({ q, conversationId })).hits.length > 0;
  const isResting = () =>
    host.kernel.graph().plugins.every(({ provides }) => provides.every(({ leases }) => leases === 0));
  for (let tries = 0; tries < 400; tries += 1) {
    if ((await isFound('Hello')) && (await isFound('x')) && isResting()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('What was written can not be found');
}

/** Timers of plugins; those of connections and of time limits come and go by themselves. */
const ownTimers = () =>
  Object.entries(watch.timers())
    .filter(([place]) => place.includes('/plugins/') && place.includes('setInterval'))
    .toSorted(([left], [right]) => (left < right ? -1 : 1));

/** The database begins a thread at its first long read, and one at the first copy of a long log; both stay while it runs. */
const isBegunLate = (line: string) => line.startsWith('WORKER') && line.includes('/storage-sqlite/');
const LATE_THREADS = 2;

/** Sockets, servers, processes, workers and watched files that plugins have opened. */
const ownHandles = () =>
  watch
    .open()
    .filter((line) => line.includes('/plugins/') && !line.startsWith('Timeout') && !isBegunLate(line))
    .toSorted();

/** The same of the whole process by kind, but connections: those of the test's own requests come and go by themselves. */
const heldHandles = () => {
  let late = watch.open().filter(isBegunLate).length;
  expect(late).toBeLessThanOrEqual(LATE_THREADS);
  return process
    .getActiveResourcesInfo()
    .filter((kind) => /Server|Process|UDP|Pipe|FSEvent|StatWatcher|MessagePort|Signal/.test(kind))
    .filter((kind) => kind !== 'MessagePort' || (late -= 1) < 0)
    .toSorted();
};

/** The tables and indexes of the database, and the version each collection is at. */
function tables() {
  using database = new DatabaseSync(join(dataDir, 'parley.db'), { readOnly: true });
  const made = database.prepare('SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name').all();
  return { made, collections: database.prepare('SELECT * FROM parley_collections ORDER BY name').all() };
}

/** All that can be seen of what runs, but counts and times. */
async function picture() {
  await host.kernel.drained();
  const { plugins, hooks, problems } = host.kernel.graph();
  return {
    problems,
    plugins: plugins.map(({ id, version, state, level, requires, provides, effects, routes, draining }) => ({
      id,
      version,
      state,
      level,
      requires,
      effects,
      routes,
      draining,
      provides: provides.map(({ capability, key, leases }) => ({ capability, key, leases })),
    })),
    taps: hooks
      .map(({ id, taps }) => ({ id, taps: taps.map(({ pluginId, phase, reason }) => [pluginId, phase, reason]) }))
      .filter(({ taps }) => taps.length > 0)
      .toSorted((left, right) => (left.id < right.id ? -1 : 1)),
    contracts: host.kernel.contracts().map(({ pluginId, contract }) => [pluginId, contract.id]),
    contributions: host.kernel.contributions(),
    settings: host.kernel.clientConfig(),
    permissions: host.kernel.permissions(),
    timers: ownTimers(),
    sockets: ownHandles(),
    handles: heldHandles(),
    tables: tables(),
  };
}

/**
 * The picture once it is as wanted; as it is when that takes longer than 5 s: a thread that was ended is gone a moment later, and
 * a plugin is ready again once its probe was asked again.
 */
async function pictureLike(wanted: unknown) {
  const endsAt = performance.now() + 5_000;
  for (;;) {
    await ann.request('/health/plugins');
    const seen = await picture();
    if (isDeepStrictEqual(seen, wanted) || performance.now() > endsAt) return seen;
    await pause(50);
  }
}

it('is what it was after any plugins were disabled, enabled, configured and replaced in any order', async () => {
  const before = await picture();
  const step = fc.record({ action: fc.constantFrom(...ACTIONS), place: fc.nat(20), round: fc.nat(50) });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), async (steps) => {
      let { plugins } = first;
      for (const each of steps) {
        plugins = next(plugins, each);
        await host.kernel.apply({ ...first, plugins });
        await exercise(plugins.length === first.plugins.length);
      }
      await host.kernel.apply(first);
      await exercise(true);
      expect(await pictureLike(before)).toEqual(before);
    }),
    { numRuns: 12 },
  );
}, 120_000);

const ownerOf = (collection: unknown): string => String(collection).split('.')[0] ?? '';

/** How many records each collection of these plugins has. */
function recordsOf(ids: ReadonlySet<string>) {
  using database = new DatabaseSync(join(dataDir, 'parley.db'), { readOnly: true });
  const names = tables().collections.flatMap(({ name }) => (ids.has(ownerOf(name)) ? [String(name)] : []));
  return names.map((name) => [name, database.prepare(`SELECT count(*) AS n FROM "${name}"`).get()?.['n']]);
}

/** Keeps the text of each statement that is run. */
function watchStatements(): string[] {
  const run: string[] = [];
  for (const method of ['get', 'all', 'run', 'iterate'] as const) {
    const original = StatementSync.prototype[method] as (...all: unknown[]) => never;
    jest.spyOn(StatementSync.prototype, method).mockImplementation(function (this: StatementSync, ...all: unknown[]) {
      run.push(this.sourceSQL);
      return original.apply(this, all);
    });
  }
  return run;
}

it('uses no table of a plugin that is disabled, and finds all records when it is enabled again', async () => {
  const statements = watchStatements();
  const usesOf = (ids: ReadonlySet<string>) =>
    statements.filter((sql) => [...ids].some((id) => sql.includes(`"${id}.`)));
  const owners = new Set(tables().collections.map(({ name }) => ownerOf(name)));
  // What the kernel keeps of its own is of no plugin.
  owners.delete('kernel');
  for (const id of owners) {
    const plugins = without(first.plugins, id, host.kernel);
    const gone = new Set(first.plugins.filter((use) => !plugins.includes(use)).map(idOf));
    statements.length = 0;
    await exercise(true);
    const before = recordsOf(gone);
    expect([id, usesOf(gone).length > 0]).toEqual([id, true]);
    await host.kernel.apply({ ...first, plugins });
    await host.kernel.drained();
    statements.length = 0;
    await exercise(!['chat', 'identity', 'notes'].some((needed) => gone.has(needed)));
    expect([id, usesOf(gone)]).toEqual([id, []]);
    await host.kernel.apply(first);
    expect(recordsOf(gone)).toEqual(before);
  }
}, 60_000);

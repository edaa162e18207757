import { join } from 'node:path';
import { createFileCopies, createMongoCopies } from '../lib/copies.ts';
import type { Copies } from '../lib/copies.ts';
import { lacksMongoDb } from '../lib/lacks-mongodb.ts';
import type { Facts, Scenario, Trial } from '../lib/scenario.ts';
import { EndedEarly, findPort, startServer } from '../lib/server.ts';
import type { ServerOptions } from '../lib/server.ts';

const FIXTURE = join(import.meta.dirname, '../fixtures/ledger-plugin.ts');
const PLUGINS = [`{ use: ${JSON.stringify(FIXTURE)}, grants: { storage: true, capabilities: [storage-driver] } }`];
const API = '/api/x/chaos-ledger';
/** Kills in a row of one migration. */
const MOST_KILLS = 3;

interface Digest {
  readonly count: number;
  readonly sum: number;
  readonly sha256: string;
}

async function ask<T>(url: string, path: string, body?: object): Promise<T> {
  const reply = await fetch(`${url}${API}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!reply.ok) throw new Error(`${path} gave ${reply.status}: ${await reply.text()}`);
  return (await reply.json()) as T;
}

/** Starts, and kills the process when it has migrated so many records; gives whether it was killed. */
async function killAt(options: ServerOptions, records: number): Promise<boolean> {
  const onLine: ServerOptions['onLine'] = (line, process) => {
    const migrated = Number(/^migrated (\d+)/.exec(line)?.[1] ?? 0);
    if (migrated >= records) process.kill();
  };
  try {
    const server = await startServer({ ...options, onLine });
    await server.stop();
    return false;
  } catch (error) {
    if (error instanceof EndedEarly) return true;
    throw error;
  }
}

async function startAndDigest(options: ServerOptions): Promise<Digest> {
  const server = await startServer(options);
  try {
    return await ask<Digest>(server.url, '/digest');
  } finally {
    await server.stop();
  }
}

async function play(copies: Copies, count: number, trial: Trial): Promise<Facts> {
  const { loops, random, isSabotaged, say, wrong } = trial;
  const port = await findPort();
  const at = (name: string, version: 1 | 2): ServerOptions => {
    const { dataDir, env = {} } = copies.options(name);
    return { dataDir, port, plugins: PLUGINS, env: { ...env, CHAOS_VERSION: String(version) } };
  };
  const first = await startServer(at('base', 1));
  await ask(first.url, '/fill', { count });
  await first.stop();
  await copies.copy('base', 'calm');
  const expected = await startAndDigest(at('calm', 2));
  const target = isSabotaged ? { ...expected, sha256: 'forged' } : expected;
  let [kills, equal] = [0, 0];
  for (let loop = 1; loop <= loops; loop += 1) {
    await copies.copy('base', 'data');
    const options = at('data', 2);
    const wanted = random.between(1, MOST_KILLS);
    for (let kill = 0; kill < wanted; kill += 1) {
      // Of what is left after the kills before, so that most of them hit.
      const records = random.between(1, Math.floor(count / 100 / (kill + 2))) * 100;
      if (await killAt(options, records)) kills += 1;
    }
    const found = await startAndDigest(options).catch((error: unknown) => String(error));
    const problem = copies.problem('data');
    if (problem !== undefined) wrong(problem);
    if (JSON.stringify(found) === JSON.stringify(target)) equal += 1;
    else wrong(`loop ${loop}: after ${wanted} kills ${JSON.stringify(found)}, expected ${JSON.stringify(target)}`);
    if (loop % 10 === 0) say(`loop ${loop}: ${kills} kills, ${equal} equal`);
    await copies.drop('data');
  }
  if (kills < loops / 2) wrong(`only ${kills} kills hit the migration`);
  return { database: copies.title, records: count, kills, equal, different: loops - equal };
}

async function playOver(copies: Copies, count: number, trial: Trial): Promise<Facts> {
  try {
    return await play(copies, count, trial);
  } finally {
    await copies.close();
  }
}

const title = 'kill -9 in the middle of a migration';

/** S15: a migration is killed half-way, again and again. */
export const migrationKilled: Scenario = {
  id: 'A56',
  title,
  loops: { full: 50, short: 2 },
  play: (trial) => playOver(createFileCopies(trial.folder), trial.isShort ? 2_000 : 10_000, trial),
};

/** The same on a MongoDB-compatible server. */
export const migrationKilledOnMongoDb: Scenario = {
  id: 'A56-MONGO',
  title: `${title}, on MongoDB`,
  loops: { full: 50, short: 1 },
  lacks: lacksMongoDb,
  play: async (trial) => playOver(await createMongoCopies(trial.folder), trial.isShort ? 500 : 10_000, trial),
};

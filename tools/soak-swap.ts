// npm run soak:swap [-- --streams 100 --swaps 200 --seed n]: people chat while plugins on their path are enabled,
// disabled, reconfigured and replaced. Closes with `streams N, swaps M, dropped 0, mixed 0` and a line on memory.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startHost } from '@parley/host-server';
import type { Host } from '@parley/kernel';
import { measureHeap, reportHeap } from './soak/heap.ts';
import { createMessage, createPerson, createTally } from './soak/people.ts';
import type { Person } from './soak/people.ts';
import { createStampPlugin } from './soak/stamp-plugin.ts';
import { createRandom, createSwaps } from './soak/swaps.ts';

const { values } = parseArgs({
  options: {
    streams: { type: 'string', default: '100' },
    swaps: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
const [streams, swaps, seed] = [Number(values.streams), Number(values.swaps), Number(values.seed)];
const PEOPLE = 5;
const WORDS = 60;
const STRETCHES = 5;
const PAUSE_MS = 20;

const tally = createTally();
const random = createRandom(seed);

/** A server as it is without a config file, at a fast pace and with two plugins more. */
async function start(dataDir: string): Promise<Host> {
  const logSink = (line: string) => tally.reasons.push(`log: ${line}`);
  const started = await startHost({ dataDir, env: {}, logLevel: 'warn', logSink });
  const composition = started.kernel.composition();
  const paced = composition.plugins.map((use) =>
    use.plugin.id === 'provider-demo' ? { ...use, config: { pieceDelayMs: 20, firstPieceDelayMs: 20 } } : use,
  );
  const stamps = ['stamp-a', 'stamp-b'].map((id) => ({ plugin: createStampPlugin(id) }));
  await started.kernel.apply({ ...composition, plugins: [...paced, ...stamps] });
  return started;
}

/** Lets so many answers run at once until `isOver`, then lets them end. */
async function keepTalking(people: readonly Person[], isOver: () => boolean): Promise<void> {
  const talk = async (index: number) => {
    const person = people[index % people.length] as Person;
    do await person.converse(createMessage(`stream ${tally.streams}`, WORDS + (index % 20)));
    while (!isOver());
  };
  await Promise.all(Array.from({ length: streams }, (_, index) => talk(index)));
}

async function swapFor(host: Host, count: number, next: ReturnType<typeof createSwaps>): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const { label, target } = next();
    await host.kernel.apply(target).catch((error: unknown) => {
      throw new Error(`${label} failed`, { cause: error });
    });
    await pause(PAUSE_MS * random() * 2);
  }
}

async function soak(host: Host): Promise<boolean> {
  const people = await Promise.all(
    Array.from({ length: PEOPLE }, (_, index) => createPerson(host.url, `person-${index}`, tally)),
  );
  const leaving = new AbortController();
  const tabs = people.map((person) => person.watch(leaving.signal));
  const first = host.kernel.composition();
  const next = createSwaps(first, random);
  const measured = [await measureHeap()];
  for (let stretch = 0; stretch < STRETCHES; stretch += 1) {
    const count = Math.round((swaps * (stretch + 1)) / STRETCHES) - Math.round((swaps * stretch) / STRETCHES);
    let isOver = false;
    const talking = keepTalking(people, () => isOver);
    await swapFor(host, count, next);
    isOver = true;
    await talking;
    await host.kernel.drained();
    measured.push(await measureHeap());
    console.log(`${tally.streams} streams, ${tally.requests} requests, ${tally.reconnects} tabs came back`);
  }
  leaving.abort();
  await Promise.all(tabs);
  const draining = host.kernel.graph().plugins.flatMap((plugin) => plugin.draining);
  for (const reason of tally.reasons.slice(0, 20)) console.error(reason);
  const { line, isFlat } = reportHeap(measured);
  console.log(line);
  console.log(`streams ${tally.streams}, swaps ${swaps}, dropped ${tally.dropped}, mixed ${tally.mixed}`);
  return tally.dropped === 0 && tally.mixed === 0 && draining.length === 0 && isFlat;
}

console.log(`soak:swap with ${streams} streams at once, ${swaps} swaps, --seed ${seed}`);
const dataDir = await mkdtemp(join(tmpdir(), 'parley-soak-'));
const host = await start(dataDir);
let isGood = false;
try {
  isGood = await soak(host);
} finally {
  await host.stop({ deadlineMs: 0 });
  await rm(dataDir, { recursive: true, force: true });
}
process.exit(isGood ? 0 : 1);

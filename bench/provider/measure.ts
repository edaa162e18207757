// Measures the ways to read one wire in turn: the adapter, the bare SDK, and a plain parser. Prints one line of JSON.
// Arguments: the wire, its upstream, and the size as JSON.
import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { cost } from '../lib/cpu.ts';
import { openAdapter, openParser } from './readers.ts';
import type { Read } from './readers.ts';
import { addressOf, lengthOf } from './upstream.ts';
import { wires } from './wires/index.ts';
import type { Wire } from './wires/wire.ts';

/** How much is measured. */
export interface ProviderSize {
  readonly rounds: number;
  readonly streams: number;
  readonly pieces: number;
  /** Streams that are open at the same time when memory is measured. */
  readonly openStreams: number;
}

/** What was found of one way. Units: CPU microseconds per piece, bytes per open stream. */
export interface Way {
  readonly micros: readonly number[];
  readonly bytesPerStream: number;
}

const WARM_UP_ROUNDS = 3;
const PIECES_BEFORE_WAIT = 32;
const SETTLING_TURNS = 4;
const SETTLING_MS = 20;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

async function readWhole(read: Read, pieces: number): Promise<void> {
  let length = 0;
  for await (const text of read(new AbortController().signal)) length += text?.length ?? 0;
  if (length !== lengthOf(pieces)) throw new Error(`read ${length} characters in place of ${lengthOf(pieces)}`);
}

const readMany = async (read: Read, { streams, pieces }: ProviderSize): Promise<void> => {
  await Promise.all(Array.from({ length: streams }, () => readWhole(read, pieces)));
};

async function heldBytes(): Promise<number> {
  for (let turn = 0; turn < SETTLING_TURNS; turn += 1) {
    collect();
    await setTimeout(SETTLING_MS);
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Streams that are open and wait after their first pieces, until they are closed. */
async function holdOpen(read: Read, count: number): Promise<() => Promise<void>> {
  const stop = new AbortController();
  const ends: Promise<unknown>[] = [];
  const openOne = async (): Promise<void> => {
    const pieces = read(stop.signal)[Symbol.asyncIterator]();
    for (let length = 0; length < lengthOf(PIECES_BEFORE_WAIT); ) {
      const { value, done } = await pieces.next();
      if (done) throw new Error('a stream ended that was to stay open');
      length += value?.length ?? 0;
    }
    ends.push(pieces.next().catch(() => undefined));
  };
  await Promise.all(Array.from({ length: count }, openOne));
  return async () => {
    stop.abort();
    await Promise.all(ends);
  };
}

/** What each of many open streams holds, once as many have been open before. */
async function memoryOf(read: Read, count: number): Promise<number> {
  await (await holdOpen(read, count))();
  const before = await heldBytes();
  const close = await holdOpen(read, count);
  const held = (await heldBytes()) - before;
  await close();
  return held / count;
}

async function open(wire: Wire, upstream: string): Promise<Readonly<Record<string, Read>>> {
  return {
    adapter: await openAdapter(wire, upstream),
    sdk: await wire.sdk(upstream),
    parser: openParser(wire, upstream),
  };
}

const [name = '', upstream = '', json = '{}'] = process.argv.slice(2);
const wire = wires.get(name);
if (!wire) throw new Error(`unknown wire ${name}; known: ${[...wires.keys()].join(', ')}`);
const size = JSON.parse(json) as ProviderSize;
const held = new Map<string, number>();
for (const [way, read] of Object.entries(await open(wire, addressOf(upstream, name, PIECES_BEFORE_WAIT, true)))) {
  held.set(way, await memoryOf(read, size.openStreams));
}
const ways = Object.entries(await open(wire, addressOf(upstream, name, size.pieces)));
const micros: Record<string, number[]> = {};
for (let round = -WARM_UP_ROUNDS; round < size.rounds; round += 1) {
  for (const [way, read] of round % 2 === 0 ? ways : ways.toReversed()) {
    collect();
    const nanos = await cost(size.streams * size.pieces, () => readMany(read, size));
    if (round >= 0) (micros[way] ??= []).push(nanos / 1_000);
  }
}
const found: Record<string, Way> = {};
for (const [way, list] of Object.entries(micros)) found[way] = { micros: list, bytesPerStream: held.get(way) ?? 0 };
console.log(JSON.stringify(found));
process.exit();

// Measures the ways to read one wire in turn: the adapter, the bare SDK, and a plain parser. Prints one line of JSON.
// Arguments: the wire, its upstream, and the size as JSON.
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

const heldBytes = (): number => {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

/** Opens streams that wait after their first pieces, and tells what each of the later half holds. */
async function memoryOf(read: Read, count: number): Promise<number> {
  const stop = new AbortController();
  const ends: Promise<unknown>[] = [];
  const openMore = async (more: number): Promise<void> => {
    await Promise.all(
      Array.from({ length: more }, async () => {
        const pieces = read(stop.signal)[Symbol.asyncIterator]();
        for (let length = 0; length < lengthOf(PIECES_BEFORE_WAIT); ) {
          const { value, done } = await pieces.next();
          if (done) throw new Error('a stream ended that was to stay open');
          length += value?.length ?? 0;
        }
        ends.push(pieces.next().catch(() => undefined));
      }),
    );
  };
  await openMore(count / 2);
  const before = heldBytes();
  await openMore(count / 2);
  const held = heldBytes() - before;
  stop.abort();
  await Promise.all(ends);
  return held / (count / 2);
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
const ways = Object.entries(await open(wire, addressOf(upstream, name, size.pieces)));
const micros: Record<string, number[]> = {};
for (let round = -WARM_UP_ROUNDS; round < size.rounds; round += 1) {
  for (const [way, read] of round % 2 === 0 ? ways : ways.toReversed()) {
    collect();
    const nanos = await cost(size.streams * size.pieces, () => readMany(read, size));
    if (round >= 0) (micros[way] ??= []).push(nanos / 1_000);
  }
}
const held = await open(wire, addressOf(upstream, name, PIECES_BEFORE_WAIT, true));
const found: Record<string, Way> = {};
for (const [way, read] of Object.entries(held)) {
  found[way] = { micros: micros[way] ?? [], bytesPerStream: await memoryOf(read, size.openStreams) };
}
console.log(JSON.stringify(found));
process.exit();

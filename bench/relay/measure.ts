import { startServer } from '../lib/server-process.ts';
import type { ServerProcess } from '../lib/server-process.ts';
import { createReader, newSeen, readPlain } from './client.ts';
import type { Seen } from './client.ts';

/** One way to relay, running, with what reads a stream of it. */
export interface Variant {
  readonly name: string;
  readonly server: ServerProcess;
  readonly read: (seen: Seen) => Promise<void>;
}

/** What a variant of ours has that is not the default: ten stream taps, and a durable log. */
const environments: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'ours, log off': { LOG: 'off' },
  'ours, no taps': { TAPS: '0' },
  'ours, 50 taps': { TAPS: '50' },
};

/** Starts the plain variants and ours: with the durable log on and off, with more stream taps and none. */
export async function startVariants(upstream: string, names: readonly string[]): Promise<readonly Variant[]> {
  const start = async (name: string): Promise<Variant> => {
    if (name === 'pipe' || name === 'parser') {
      const server = await startServer([`bench/relay/${name}.ts`], { UPSTREAM: upstream });
      return { name, server, read: (seen) => readPlain(server.url, seen) };
    }
    const server = await startServer(['bench/lib/bench-host.ts'], {
      UPSTREAM: upstream,
      TAPS: '10',
      LOG: 'on',
      ...environments[name],
    });
    return { name, server, read: await createReader(server.url) };
  };
  const variants: Variant[] = [];
  for (const name of names) variants.push(await start(name));
  return variants;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** CPU microseconds per token, and the journeys, in a window of steady paced streams. */
export async function measurePaced(variant: Variant, options: { streams: number; warmUpMs: number; windowMs: number }) {
  const seen = newSeen();
  const streams = Array.from({ length: options.streams }, () => variant.read(seen));
  await pause(options.warmUpMs);
  const before = { cpu: variant.server.cpuMicros(), tokens: seen.tokens };
  seen.isMeasuring = true;
  await pause(options.windowMs);
  seen.isMeasuring = false;
  const cpu = variant.server.cpuMicros() - before.cpu;
  const tokens = seen.tokens - before.tokens;
  await Promise.all(streams);
  if (tokens === 0) throw new Error(`${variant.name}: no token came`);
  return {
    cpuMicrosPerToken: cpu / tokens,
    journeysMs: seen.journeysMs,
    tokensPerSecond: (tokens * 1_000) / options.windowMs,
  };
}

/** CPU microseconds per token of streams that run as fast as they can, start and end included. */
export async function measureSaturated(variant: Variant, streams: number) {
  const seen = newSeen();
  const started = performance.now();
  const before = variant.server.cpuMicros();
  await Promise.all(Array.from({ length: streams }, () => variant.read(seen)));
  const cpu = variant.server.cpuMicros() - before;
  if (seen.tokens === 0) throw new Error(`${variant.name}: no token came`);
  return {
    cpuMicrosPerToken: cpu / seen.tokens,
    tokens: seen.tokens,
    tokensPerSecond: (seen.tokens * 1_000) / (performance.now() - started),
  };
}

import { report } from '../lib/result.ts';
import { median, percentile, spread } from '../lib/stats.ts';
import { measurePaced, measureSaturated, startVariants } from './measure.ts';
import type { Variant } from './measure.ts';
import { startUpstream } from './upstream.ts';

/** How long and how wide the relay benchmarks run. */
export interface RelaySize {
  readonly rounds: number;
  readonly streams: number;
  readonly tokensPerSecond: number;
  readonly windowMs: number;
  readonly saturatedStreams: number;
  readonly saturatedTokens: number;
}

const WARM_UP_MS = 2_000;
/** Forth in even rounds, back in odd ones, so that a drift of the machine meets all alike. */
const inTurn = (variants: readonly Variant[], round: number): readonly Variant[] =>
  round % 2 === 0 ? variants : variants.toReversed();
const medians = (values: ReadonlyMap<string, number[]>, name: string): number => median(values.get(name) ?? []);
const spreads = (values: ReadonlyMap<string, number[]>) =>
  Object.fromEntries([...values].map(([name, list]) => [name, spread(list)]));

/** P1 and P3: paced streams, CPU per token and latency, against a raw pipe in the same run. */
export async function benchPacedRelay(size: RelaySize): Promise<void> {
  const upstream = await startUpstream();
  const variants = await startVariants(upstream.url, ['pipe', 'ours', 'ours, log off']);
  upstream.setPace({ tokens: 4_000 });
  for (const variant of variants) await measureSaturated(variant, 8);
  const cpu = new Map<string, number[]>(variants.map(({ name }) => [name, []]));
  const p50 = new Map<string, number[]>(variants.map(({ name }) => [name, []]));
  const p99 = new Map<string, number[]>(variants.map(({ name }) => [name, []]));
  upstream.setPace({
    tokens: Math.ceil(((WARM_UP_MS + size.windowMs + 1_000) / 1_000) * size.tokensPerSecond),
    tokensPerSecond: size.tokensPerSecond,
  });
  for (let round = 0; round < size.rounds; round += 1) {
    for (const variant of inTurn(variants, round)) {
      const found = await measurePaced(variant, {
        streams: size.streams,
        warmUpMs: WARM_UP_MS,
        windowMs: size.windowMs,
      });
      cpu.get(variant.name)?.push(found.cpuMicrosPerToken);
      p50.get(variant.name)?.push(percentile(found.journeysMs, 0.5));
      p99.get(variant.name)?.push(percentile(found.journeysMs, 0.99));
    }
  }
  const base = medians(cpu, 'pipe');
  report({
    name: 'relay-paced',
    unit: `CPU microseconds per token, ${size.streams} streams x ${size.tokensPerSecond} tokens/s`,
    variants: spreads(cpu),
    ratios: { ours: medians(cpu, 'ours') / base, oursLogOff: medians(cpu, 'ours, log off') / base },
  });
  report({
    name: 'relay-latency',
    unit: `milliseconds from upstream to reader, ${size.streams} streams x ${size.tokensPerSecond} tokens/s`,
    variants: Object.fromEntries(
      [...p50].flatMap(([name, list]) => [
        [`${name} p50`, spread(list)],
        [`${name} p99`, spread(p99.get(name) ?? [])],
      ]),
    ),
    ratios: {
      addedP50Ms: medians(p50, 'ours') - medians(p50, 'pipe'),
      addedP99Ms: medians(p99, 'ours') - medians(p99, 'pipe'),
    },
  });
  for (const { server } of variants) await server.stop();
  upstream.stop();
}

/** P2, P4d: streams as fast as they can, CPU per token, against a parser that reframes, and with many stream taps against none. */
export async function benchSaturatedRelay(size: RelaySize): Promise<void> {
  const upstream = await startUpstream();
  const variants = await startVariants(upstream.url, [
    'parser',
    'ours',
    'ours, log off',
    'ours, no taps',
    'ours, 50 taps',
    'pipe',
  ]);
  upstream.setPace({ tokens: size.saturatedTokens });
  for (const variant of variants) await measureSaturated(variant, size.saturatedStreams);
  const cpu = new Map<string, number[]>(variants.map(({ name }) => [name, []]));
  for (let round = 0; round < size.rounds; round += 1) {
    for (const variant of inTurn(variants, round))
      cpu.get(variant.name)?.push((await measureSaturated(variant, size.saturatedStreams)).cpuMicrosPerToken);
  }
  const base = medians(cpu, 'parser');
  report({
    name: 'relay-saturated',
    unit: `CPU microseconds per token, ${size.saturatedStreams} streams x ${size.saturatedTokens} tokens`,
    variants: spreads(cpu),
    ratios: {
      ours: medians(cpu, 'ours') / base,
      oursLogOff: medians(cpu, 'ours, log off') / base,
      fiftyTapsToNone: medians(cpu, 'ours, 50 taps') / medians(cpu, 'ours, no taps'),
    },
  });
  for (const { server } of variants) await server.stop();
  upstream.stop();
}

import { runPinned } from '../lib/server-process.ts';
import { report } from '../lib/result.ts';
import { median, spread } from '../lib/stats.ts';
import type { ProviderSize, Way } from './measure.ts';
import { startUpstream } from './upstream.ts';
import { wires } from './wires/index.ts';

type Found = Readonly<Record<'adapter' | 'sdk' | 'parser', Way>>;

const labels = { adapter: 'ours', sdk: 'bare SDK', parser: 'plain parser' } as const;
const ways = Object.keys(labels) as readonly (keyof typeof labels)[];
const bytes = (value: number) => spread([value / 1_024]);

/** P1a, P12: the adapter of each provider against its bare SDK in one run, CPU per piece and memory per open stream. */
export async function benchProviders(size: ProviderSize): Promise<void> {
  const upstream = await startUpstream();
  const found = new Map<string, Found>();
  for (const name of wires.keys()) {
    const output = await runPinned(['bench/provider/measure.ts', name, upstream.url, JSON.stringify(size)]);
    found.set(name, JSON.parse(output.trim().split('\n').at(-1) ?? '{}') as Found);
  }
  upstream.stop();
  const all = [...found];
  const micros = (way: Way): number => median(way.micros);
  report({
    name: 'providers',
    unit: `CPU microseconds per piece, ${size.streams} streams x ${size.pieces} pieces`,
    variants: Object.fromEntries(
      all.flatMap(([name, of]) => ways.map((way) => [`${name}, ${labels[way]}`, spread(of[way].micros)])),
    ),
    ratios: Object.fromEntries([
      ...all.map(([name, { adapter, sdk }]) => [name, micros(adapter) / micros(sdk)]),
      ...all.map(([name, { parser, sdk }]) => [`${name}, SDK to parser`, micros(sdk) / micros(parser)]),
    ]),
  });
  report({
    name: 'provider-memory',
    unit: 'kB held by an open stream',
    variants: Object.fromEntries(
      all.flatMap(([name, of]) => ways.map((way) => [`${name}, ${labels[way]}`, bytes(of[way].bytesPerStream)])),
    ),
    ratios: Object.fromEntries(all.map(([name, { adapter }]) => [name, adapter.bytesPerStream / 1_024])),
  });
}

import { defineCapability, defineContract, kernelReady, live, op } from '@parley/contracts';
import { createKernel, definePlugin } from '@parley/kernel';
import type { Kernel, Logger, PluginUse } from '@parley/kernel';
import * as z from 'zod';
import { report } from '../lib/result.ts';
import { median, spread } from '../lib/stats.ts';

const SIZES = [5, 20, 100];
const Config = z.object({ limit: z.number().default(1) }).prefault({});
const thing = defineCapability<{ read(): Promise<number> }>()({
  id: 'bench-thing',
  version: '1.0.0',
  arity: 'keyed',
  descriptor: z.object({}),
});
const SILENT: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** What a plugin of an ordinary size does at its start: one implementation, one tap, one route, one effect. */
function createPlugin(index: number) {
  const id = `bench-${index}`;
  const contract = defineContract(id, '1.0.0', {
    read: op({ method: 'GET', path: '/thing', access: 'user', input: z.object({}), output: z.number() }),
  });
  return definePlugin({
    id,
    version: '1.0.0',
    kernel: '^1.0.0',
    config: Config,
    provides: [thing],
    requires: index % 10 === 0 ? { things: live(thing) } : {},
    hooks: [kernelReady],
    setup(ctx) {
      ctx.provide(thing, { read: async () => ctx.config.limit }, {});
      ctx.on(kernelReady, () => {});
      ctx.routes(contract, { read: () => 1 });
      ctx.effect(() => () => {}, 'nothing');
    },
  });
}

const compose = (count: number): PluginUse[] =>
  Array.from({ length: count }, (_, index) => ({ plugin: createPlugin(index), config: {} }));

const build = (plugins: readonly PluginUse[]): Kernel =>
  createKernel({
    plugins,
    log: () => SILENT,
    dataDir: '.',
    deriveKey: () => new Uint8Array(32),
    fetchFor: () => fetch,
    grantDeclared: true,
  });

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
};

/** Start and stop of a kernel with `count` plugins, and one plugin disabled and enabled while the others serve. */
async function measure(count: number): Promise<{ readonly start: number; readonly change: number }> {
  const plugins = compose(count);
  const kernel = build(plugins);
  const start = await timed(() => kernel.start());
  const change = await timed(async () => {
    await kernel.apply({ plugins: plugins.slice(0, -1) });
    await kernel.apply({ plugins });
  });
  await kernel.stop();
  return { start, change };
}

/** How starting and changing a composition grow with its size: kernel alone, plugins that do the least. */
export async function benchComposition(rounds: number): Promise<void> {
  const start = new Map<number, number[]>(SIZES.map((size) => [size, []]));
  const change = new Map<number, number[]>(SIZES.map((size) => [size, []]));
  for (const size of SIZES) await measure(size);
  for (let round = 0; round < rounds; round += 1) {
    for (const size of round % 2 === 0 ? SIZES : SIZES.toReversed()) {
      const found = await measure(size);
      start.get(size)?.push(found.start);
      change.get(size)?.push(found.change);
    }
  }
  const [least = 0, , most = 0] = SIZES;
  const each = (values: ReadonlyMap<number, number[]>, size: number) => median(values.get(size) ?? []) / size;
  report({
    name: 'composition',
    unit: 'milliseconds: start of a kernel; one plugin disabled and enabled again while the others serve',
    variants: Object.fromEntries(
      SIZES.flatMap((size) => [
        [`start ${size}`, spread(start.get(size) ?? [])],
        [`change ${size}`, spread(change.get(size) ?? [])],
      ]),
    ),
    ratios: {
      startPerPluginMs: each(start, most),
      startGrowth: each(start, most) / each(start, least),
      changeGrowth: median(change.get(most) ?? []) / median(change.get(least) ?? []),
    },
  });
}

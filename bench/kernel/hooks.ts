import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createPrincipal, defineContract, defineHook, op } from '@parley/contracts';
import type { CallContext } from '@parley/contracts';
import { createKernel, definePlugin } from '@parley/kernel';
import type { Kernel, Logger } from '@parley/kernel';
import express from 'express';
import { AsyncSeriesWaterfallHook } from 'tapable';
import * as z from 'zod';
import { cost } from '../lib/cpu.ts';
import { report } from '../lib/result.ts';
import type { Spread } from '../lib/stats.ts';
import { median, spread } from '../lib/stats.ts';

const TAPS = [0, 1, 10, 50];
const CALLS = 4_000;
const PARTS = 40_000;
const REQUESTS = 600;
const SILENT: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

const hook = defineHook({
  id: 'bench.value',
  kind: 'waterfall',
  summary: 'For measuring.',
  input: z.number(),
  onError: 'skip',
  timeoutMs: 1_000,
});
const parts = defineHook({
  id: 'bench.parts',
  kind: 'stream',
  summary: 'For measuring.',
  input: z.number(),
  output: z.number(),
  onError: 'skip',
  timeoutMs: 0,
});
const contract = defineContract('bench-route', '1.0.0', {
  read: op({ method: 'GET', path: '/read', access: 'user', input: z.object({}), output: z.number() }),
});

const addOne = async (value: number): Promise<number> => value + 1;

/** One plugin for each tap, as they come in practice. */
async function startKernel(taps: number): Promise<Kernel> {
  const plugins = Array.from({ length: taps }, (_, index) =>
    definePlugin({
      id: `bench-${index}`,
      version: '1.0.0',
      kernel: '^1.0.0',
      hooks: [hook, parts],
      setup(ctx) {
        ctx.on(hook, addOne);
        ctx.on(parts, () => ({ onPart: (part, emit) => emit(part + 1) }));
      },
    }),
  );
  const route = definePlugin({
    id: 'bench-route',
    version: '1.0.0',
    kernel: '^1.0.0',
    setup: (ctx) => ctx.routes(contract, { read: async () => 1 }),
  });
  const kernel = createKernel({
    plugins: [...plugins, route].map((plugin) => ({ plugin, firstParty: true })),
    log: () => SILENT,
    dataDir: '.',
    deriveKey: () => new Uint8Array(32),
    fetchFor: () => fetch,
  });
  await kernel.start();
  return kernel;
}

interface Variant {
  readonly name: string;
  readonly run: () => Promise<number>;
}

function hookVariants(kernel: Kernel, taps: number, call: CallContext): Variant[] {
  const plain = Array.from({ length: taps }, () => addOne);
  const through = async (run: (value: number) => Promise<unknown>) => {
    for (let count = 0; count < CALLS; count += 1) await run(count);
  };
  const loop = async (value: number) => {
    let current = value;
    for (const tap of plain) current = await tap(current);
    return current;
  };
  const tapable = new AsyncSeriesWaterfallHook<[number]>(['value']);
  for (const [index, tap] of plain.entries()) tapable.tapPromise(String(index), tap);
  const runner = kernel.hook(hook);
  return [
    { name: `async ${taps} plain`, run: () => cost(CALLS, () => through(loop)) },
    { name: `async ${taps} tapable`, run: () => cost(CALLS, () => through((value) => tapable.promise(value))) },
    { name: `async ${taps} kernel`, run: () => cost(CALLS, () => through((value) => runner.run(value, call))) },
  ];
}

function streamVariants(kernel: Kernel, taps: number, call: CallContext): Variant[] {
  let sum = 0;
  const sink = (part: number) => {
    sum += part;
  };
  const plain = Array.from({ length: taps }, () => (part: number) => part + 1);
  const throughLoop = () => {
    for (let count = 0; count < PARTS; count += 1) sink(plain.reduce((part, tap) => tap(part), count));
  };
  const throughPipe = () => {
    const pipe = kernel.hook(parts).open(0, sink, call);
    for (let count = 0; count < PARTS; count += 1) pipe.push(count);
    pipe.end();
  };
  return [
    { name: `stream ${taps} plain`, run: () => cost(PARTS, throughLoop) },
    { name: `stream ${taps} kernel`, run: () => cost(PARTS, throughPipe) },
  ];
}

/** A bare Express request in this process, client included, and what the kernel adds for one: a scope and a metered handler. */
async function requestVariants(kernel: Kernel): Promise<{ variants: Variant[]; close: () => void }> {
  const app = express();
  app.get('/read', (_request, response) => void response.json(1));
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const get = () =>
    new Promise<void>((resolve, reject) => {
      request({ port, host: '127.0.0.1', path: '/read' }, (response) => response.resume().once('end', resolve))
        .once('error', reject)
        .end();
    });
  const principal = createPrincipal({ kind: 'user', id: 'ann' });
  const [mounted] = kernel.contracts();
  const read = mounted?.handlers['read'] as (input: unknown, call: CallContext) => Promise<unknown>;
  const repeat = async (work: () => Promise<unknown>) => {
    for (let count = 0; count < REQUESTS; count += 1) await work();
  };
  const variants = [
    { name: 'request without kernel', run: () => cost(REQUESTS, () => repeat(get)) },
    { name: 'scope and handler', run: () => cost(REQUESTS, () => repeat(() => read({}, kernel.call(principal)))) },
  ];
  return { variants, close: () => server.close() };
}

/** P4, P5: what the kernel costs at each call of a hook and at each request, against plain loops and Express in the same run. */
export async function benchHooks(rounds: number): Promise<void> {
  const start = async (taps: number) => {
    const kernel = await startKernel(taps);
    return { taps, kernel, call: kernel.call() };
  };
  const bare = await startKernel(0);
  const started = await Promise.all(TAPS.map(start));
  const requests = await requestVariants(bare);
  const variants = [
    ...started.flatMap(({ taps, kernel, call }) => hookVariants(kernel, taps, call)),
    ...started.flatMap(({ taps, kernel, call }) => streamVariants(kernel, taps, call)),
    ...requests.variants,
  ];
  const costs = new Map<string, number[]>(variants.map(({ name }) => [name, []]));
  for (let round = -2; round < rounds; round += 1) {
    for (const { name, run } of round % 2 === 0 ? variants : variants.toReversed()) {
      const nanos = await run();
      if (round >= 0) costs.get(name)?.push(nanos);
    }
  }
  const middle = (name: string): number => median(costs.get(name) ?? []);
  const spreads: [string, Spread][] = [...costs].map(([name, list]) => [name, spread(list)]);
  report({
    name: 'hooks',
    unit: 'CPU nanoseconds per call, part or request',
    variants: Object.fromEntries(spreads),
    ratios: {
      asyncToTapable: middle('async 10 kernel') / middle('async 10 tapable'),
      asyncToPlain: middle('async 10 kernel') / middle('async 10 plain'),
      streamToPlain: middle('stream 10 kernel') / middle('stream 10 plain'),
      // 1 is a straight line: fifty taps cost fifty times one, or five times ten.
      asyncGrowth: middle('async 50 kernel') / (50 * middle('async 1 kernel')),
      streamGrowth: middle('stream 50 kernel') / (5 * middle('stream 10 kernel')),
      tenTapsToRequest: middle('async 10 kernel') / middle('request without kernel'),
      scopeToRequest: middle('scope and handler') / middle('request without kernel'),
    },
  });
  requests.close();
  await Promise.all([bare, ...started.map(({ kernel }) => kernel)].map((kernel) => kernel.stop()));
}

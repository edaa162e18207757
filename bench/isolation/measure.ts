// One round of measurements as JSON: what a call and a streamed piece cost inline, in a process of its own, and over a
// bare pipe. Units: CPU microseconds of both processes; milliseconds and MB for a start.
import { spawn } from 'node:child_process';
import { readFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { createKernel, definePlugin } from '@parley/kernel';
import type { PluginUse } from '@parley/kernel';
import { createIsolator } from '../../host-server/src/isolation/isolator.ts';
import echoPlugin, { echo } from './echo-plugin.ts';

const CALLS = 20_000;
const PIECES = 200_000;
const TOGETHER = 16;
const silent = { debug() {}, info() {}, warn() {}, error() {} };

const otherCpu = (pid: number): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
};
const ownCpu = (): number => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

/** CPU microseconds of this process and another one for each of `times` things, and how long one took. */
async function measure(pid: number | undefined, times: number, work: (times: number) => Promise<void>) {
  await work(Math.ceil(times / 5));
  const before = ownCpu() + (pid === undefined ? 0 : otherCpu(pid));
  const startedMs = performance.now();
  await work(times);
  const wallMicros = ((performance.now() - startedMs) * 1_000) / times;
  return { cpu: (ownCpu() + (pid === undefined ? 0 : otherCpu(pid)) - before) / times, wallMicros };
}

const dataDir = mkdtempSync(join(tmpdir(), 'parley-bench-isolation-'));
const isolator = createIsolator({
  dataDir,
  log: () => silent,
  pluginSeed: () => new Uint8Array(32),
  permissions: () => [],
  strictOutput: false,
  onGiveUp: () => undefined,
});

async function start(use: PluginUse) {
  let found: { say(text: string): Promise<string>; pieces(count: number): AsyncIterable<unknown> } | undefined;
  const consumer = definePlugin({
    id: 'consumer',
    version: '1.0.0',
    kernel: '^1.0.0',
    requires: { it: echo },
    setup: (_ctx, { it }) => void (found = it),
  });
  const kernel = createKernel({
    plugins: [
      { ...use, firstParty: true },
      { plugin: consumer, firstParty: true },
    ],
    log: () => silent,
    dataDir,
    deriveKey: () => new Uint8Array(32),
    fetchFor: () => fetch,
  });
  await kernel.start();
  if (found === undefined) throw new Error('The plugin has not started');
  return { kernel, echo: found };
}

const together = (say: (text: string) => Promise<unknown>) => async (times: number) => {
  const worker = async () => {
    for (let call = 0; call < times / TOGETHER; call += 1) await say('a text of some length, as a tool may get it');
  };
  await Promise.all(Array.from({ length: TOGETHER }, worker));
};

async function measurePlugin(use: PluginUse) {
  const { kernel, echo: it } = await start(use);
  const pid = kernel.graph().plugins[0]?.process?.pid;
  const call = await measure(pid, CALLS, together(it.say.bind(it)));
  const piece = await measure(pid, PIECES, async (times) => {
    let read = 0;
    for await (const _piece of it.pieces(times)) read += 1;
    if (read !== times) throw new Error(`${read} of ${times} pieces came`);
  });
  const alone = await measure(pid, CALLS / 10, async (times) => {
    for (let call = 0; call < times; call += 1) await it.say('a text of some length, as a tool may get it');
  });
  const rssMb = (kernel.graph().plugins[0]?.process?.rssBytes ?? 0) / 1e6;
  await kernel.stop();
  return { call: call.cpu, piece: piece.cpu, roundTrip: alone.wallMicros, rssMb };
}

async function measurePipe() {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'pipe-echo.ts')], {
    stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
  });
  const pipe = child.stdio[3] as Duplex;
  const waiting: (() => void)[] = [];
  let left = 0;
  let rest = '';
  let done: () => void = () => undefined;
  pipe.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      JSON.parse(line);
      waiting.shift()?.();
      left -= 1;
    }
    if (left <= 0) done();
  });
  const say = (text: string) =>
    new Promise<void>((resolve) => {
      waiting.push(resolve);
      pipe.write(`${JSON.stringify({ say: text })}\n`);
    });
  const call = await measure(child.pid, CALLS, together(say));
  const piece = await measure(child.pid, PIECES, async (times) => {
    left = times;
    const all = new Promise<void>((resolve) => (done = resolve));
    pipe.write(`${JSON.stringify({ count: times })}\n`);
    await all;
  });
  child.kill('SIGKILL');
  return { call: call.cpu, piece: piece.cpu };
}

const startedMs = performance.now();
const isolated = await isolator.isolate({
  isolation: 'process',
  door: new URL('./echo-plugin.ts', import.meta.url).href,
});
const { kernel } = await start(isolated);
const startMs = performance.now() - startedMs;
await kernel.stop();
const own = await measurePlugin(await isolator.isolate({ isolation: 'process', door: isolated.door ?? '' }));
const inline = await measurePlugin({ plugin: echoPlugin });
const pipe = await measurePipe();
isolator.stop();
console.log(JSON.stringify({ inline, process: own, pipe, startMs }));
process.exit();

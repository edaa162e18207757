// npm run bench [-- --quick] [-- name ...]: measures side by side and keeps the results. Closes with `bench: N done`.
import { execFileSync } from 'node:child_process';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { benchColdStart } from './cold/main.ts';
import { judge } from './gate.ts';
import { benchHttpRoute } from './http/main.ts';
import { benchIsolation } from './isolation/main.ts';
import { benchComposition } from './kernel/composition.ts';
import { benchFaulty } from './kernel/faulty.ts';
import { benchHooks } from './kernel/hooks.ts';
import { report } from './lib/result.ts';
import { pinHarness } from './lib/server-process.ts';
import { benchProviders } from './provider/main.ts';
import { benchPacedRelay, benchSaturatedRelay } from './relay/main.ts';
import type { RelaySize } from './relay/main.ts';
import { benchSearch } from './search/main.ts';
import { benchStoreMongo } from './store/mongo.ts';
import { benchStore } from './store/main.ts';

const isQuick = process.argv.includes('--quick');
const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const full: RelaySize = {
  rounds: 5,
  streams: 200,
  tokensPerSecond: 25,
  windowMs: 8_000,
  saturatedStreams: 16,
  saturatedTokens: 16_000,
};
const quick: RelaySize = { ...full, rounds: 2, windowMs: 4_000, saturatedTokens: 8_000 };
const size = isQuick ? quick : full;

/** P11: what the browser loads before the page is usable. */
const weighPage = (): void => {
  const output = execFileSync(process.execPath, [join(import.meta.dirname, '..', 'host-web', 'size.ts')], {
    encoding: 'utf8',
  });
  const kb = Number(/initial JS: ([\d.]+) kB/.exec(output)?.[1] ?? Number.NaN);
  report({
    name: 'page-weight',
    unit: 'kB gzipped',
    variants: { 'initial JS': { median: kb, min: kb, max: kb, n: 1 } },
    ratios: { initialKb: kb },
  });
};

const benches: Readonly<Record<string, () => Promise<void> | void>> = {
  'relay-paced': () => benchPacedRelay(size),
  'relay-saturated': () => benchSaturatedRelay(size),
  providers: () =>
    benchProviders(
      isQuick
        ? { rounds: 3, streams: 8, pieces: 1_500, openStreams: 60 }
        : { rounds: 7, streams: 16, pieces: 8_000, openStreams: 400 },
    ),
  'http-route': () => benchHttpRoute({ rounds: isQuick ? 2 : 5, seconds: isQuick ? 3 : 5 }),
  'cold-start': () => benchColdStart(isQuick ? 5 : 9),
  composition: () => benchComposition(isQuick ? 20 : 60),
  isolation: () => benchIsolation(isQuick ? 2 : 5),
  hooks: () => benchHooks(isQuick ? 5 : 11),
  store: () =>
    isQuick
      ? benchStore({ conversations: [1_000, 10_000], messages: [10, 100, 1_000] }, 5)
      : benchStore({ conversations: [1_000, 10_000, 100_000], messages: [10, 100, 1_000, 10_000] }, 11),
  'store-mongo': () => benchStoreMongo(isQuick ? 2 : 5),
  search: () => (isQuick ? benchSearch([1_000, 10_000, 100_000], 5) : benchSearch([10_000, 100_000, 1_000_000], 9)),
  faulty: () => benchFaulty(isQuick ? { rounds: 1, seconds: 4 } : { rounds: 3, seconds: 20 }),
  'page-weight': weighPage,
};
const unknown = wanted.filter((name) => !(name in benches));
if (unknown.length > 0)
  throw new Error(`unknown benchmark ${unknown.join(', ')}; known: ${Object.keys(benches).join(', ')}`);

/** This process measures one benchmark and nothing else. */
const isMeasuring = process.argv.includes('--measure');
if (isMeasuring) {
  pinHarness();
  for (const name of wanted) await benches[name]?.();
  process.exit();
}

/** Each in a process of its own: what one leaves behind, compiled for its kinds of objects, slows down the next. */
const measure = (name: string): void => {
  const flags = isQuick ? ['--quick'] : [];
  execFileSync(process.execPath, [...process.execArgv, import.meta.filename, '--measure', name, ...flags], {
    stdio: 'inherit',
  });
};

console.log(
  `bench: Node ${process.version}, load ${loadavg()[0]?.toFixed(2)}${(loadavg()[0] ?? 0) > 1.5 ? ' (the machine is busy: figures are upper bounds)' : ''}`,
);
// A MongoDB-compatible server may have to be built first: measured where there is one, or by name.
const isUsual = (name: string): boolean => name !== 'store-mongo' || process.env['MONGODB_URI'] !== undefined;
const names = wanted.length > 0 ? wanted : Object.keys(benches).filter(isUsual);
for (const name of names) measure(name);
judge();
console.log(`bench: ${names.length} done`);

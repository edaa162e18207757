import { report } from '../lib/result.ts';
import { startServer } from '../lib/server-process.ts';
import { percentile, spread } from '../lib/stats.ts';

const VARIANTS: readonly (readonly [name: string, file: string, path: string])[] = [
  ['express', 'http/bare-express.ts', '/api/x/bench/small'],
  ['ours', 'cold/default-host.ts', '/health/ready'],
];

async function startOnce(file: string, path: string): Promise<{ ms: number; residentMb: number }> {
  const started = performance.now();
  const server = await startServer(file);
  const answer = await fetch(server.url + path);
  const ms = performance.now() - started;
  if (!answer.ok) throw new Error(`${file} answered ${answer.status}`);
  const residentMb = server.residentBytes() / 2 ** 20;
  await server.stop();
  return { ms, residentMb };
}

/** P7: from the start of the process to its first answer, default plugins against bare Express 5. */
export async function benchColdStart(rounds: number): Promise<void> {
  const ms = new Map<string, number[]>(VARIANTS.map(([name]) => [name, []]));
  const memory = new Map<string, number[]>(VARIANTS.map(([name]) => [name, []]));
  for (const [, file, path] of VARIANTS) await startOnce(file, path);
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, file, path] of round % 2 === 0 ? VARIANTS : VARIANTS.toReversed()) {
      const found = await startOnce(file, path);
      ms.get(name)?.push(found.ms);
      memory.get(name)?.push(found.residentMb);
    }
  }
  const ratio = (values: ReadonlyMap<string, number[]>): number =>
    percentile(values.get('ours') ?? [], 0.5) / percentile(values.get('express') ?? [], 0.5);
  report({
    name: 'cold-start',
    unit: 'milliseconds to the first answer; resident MiB',
    variants: Object.fromEntries(
      VARIANTS.flatMap(([name]) => [
        [name, spread(ms.get(name) ?? [])],
        [`${name} MiB`, spread(memory.get(name) ?? [])],
      ]),
    ),
    ratios: { ours: ratio(ms), memory: ratio(memory) },
  });
}

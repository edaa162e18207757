import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { report } from '../lib/result.ts';
import { startServer } from '../lib/server-process.ts';
import { median, spread } from '../lib/stats.ts';

interface Variant {
  readonly name: string;
  readonly program: readonly string[];
  /** Asked for the first answer. */
  readonly path: string;
}

const VARIANTS: readonly Variant[] = [
  { name: 'express', program: ['bench/http/bare-express.ts'], path: '/api/x/bench/small' },
  { name: 'ours', program: ['core/cli/bin/parley.mjs', 'start', '--no-web'], path: '/health/ready' },
];

async function startOnce({ program, path }: Variant, dataDir: string): Promise<{ ms: number; residentMb: number }> {
  const started = performance.now();
  const server = await startServer(program, { PARLEY_DATA: dataDir, PARLEY_PORT: '0', PARLEY_LOG: 'error' });
  const answer = await fetch(server.url + path);
  const ms = performance.now() - started;
  if (!answer.ok) throw new Error(`${program.join(' ')} answered ${answer.status}`);
  const residentMb = server.residentBytes() / 2 ** 20;
  await server.stop();
  return { ms, residentMb };
}

/** P7: from the start of the process to its first answer, `parley start` on data that is there against bare Express 5. */
export async function benchColdStart(rounds: number): Promise<void> {
  const ms = new Map<string, number[]>(VARIANTS.map(({ name }) => [name, []]));
  const memory = new Map<string, number[]>(VARIANTS.map(({ name }) => [name, []]));
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-cold-'));
  for (const variant of VARIANTS) await startOnce(variant, dataDir);
  for (let round = 0; round < rounds; round += 1) {
    for (const variant of round % 2 === 0 ? VARIANTS : VARIANTS.toReversed()) {
      const found = await startOnce(variant, dataDir);
      ms.get(variant.name)?.push(found.ms);
      memory.get(variant.name)?.push(found.residentMb);
    }
  }
  const ratio = (values: ReadonlyMap<string, number[]>): number =>
    median(values.get('ours') ?? []) / median(values.get('express') ?? []);
  report({
    name: 'cold-start',
    unit: 'milliseconds to the first answer; resident MiB',
    variants: Object.fromEntries(
      VARIANTS.flatMap(({ name }) => [
        [name, spread(ms.get(name) ?? [])],
        [`${name} MiB`, spread(memory.get(name) ?? [])],
      ]),
    ),
    ratios: { ours: ratio(ms), memory: ratio(memory) },
  });
}

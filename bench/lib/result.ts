import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import type { Spread } from './stats.ts';
import { short } from './stats.ts';

/** What one benchmark found: figures by variant, and the numbers that goals are held against. */
export interface Result {
  readonly name: string;
  readonly unit: string;
  readonly variants: Readonly<Record<string, Spread>>;
  readonly ratios: Readonly<Record<string, number>>;
}

const commit = (): string => {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
};

/** Prints a result and keeps it as `bench/results/<name>.json`. */
export function report(result: Result): void {
  console.log(`\n${result.name} (${result.unit})`);
  for (const [name, { median, min, max, n }] of Object.entries(result.variants))
    console.log(`  ${name.padEnd(24)} ${short(median).padStart(8)}  [${short(min)} .. ${short(max)}] n=${n}`);
  for (const [name, ratio] of Object.entries(result.ratios)) console.log(`  -> ${name} ${short(ratio)}`);
  const folder = join(import.meta.dirname, '..', 'results');
  mkdirSync(folder, { recursive: true });
  const facts = { node: process.version, commit: commit(), load: loadavg()[0], when: new Date().toISOString() };
  writeFileSync(join(folder, `${result.name}.json`), `${JSON.stringify({ ...result, ...facts }, null, 2)}\n`);
}

// npm run bench:gate: holds the last results against bench/goals.json; exits 1 beyond a goal. Closes with `goals: N passed, N failed`.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { short } from './lib/stats.ts';

interface Goal {
  readonly id: string;
  readonly what: string;
  readonly result: string;
  readonly ratio: string;
  readonly limit: number;
}

const read = (file: string): unknown => JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8'));

/** Prints each goal with what was last measured. Shape: how many were met and missed; a goal without a result is missed. */
export function judge(): { readonly passed: number; readonly failed: number } {
  let passed = 0;
  let failed = 0;
  console.log('');
  for (const goal of read('goals.json') as readonly Goal[]) {
    const file = `results/${goal.result}.json`;
    const value = existsSync(join(import.meta.dirname, file))
      ? (read(file) as { ratios: Record<string, number> }).ratios[goal.ratio]
      : undefined;
    const isMet = value !== undefined && value <= goal.limit;
    if (isMet) passed += 1;
    else failed += 1;
    console.log(
      `${isMet ? 'met   ' : 'MISSED'} ${goal.id.padEnd(4)} ${value === undefined ? 'not measured' : short(value)} of at most ${goal.limit}: ${goal.what}`,
    );
  }
  return { passed, failed };
}

if (import.meta.main) {
  const { passed, failed } = judge();
  console.log(`goals: ${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

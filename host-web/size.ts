// Prints the JavaScript, gzipped, that is fetched before the composer can be used, and exits 1 above the budget.
import { join } from 'node:path';
import { startFiles } from './build/start-imports.ts';

const BUDGET_KB = 245;
const files = startFiles(process.argv[2] ?? join(import.meta.dirname, '../.parley/web'));
const totalKb = files.reduce((sum, { bytes }) => sum + bytes, 0) / 1_000;
for (const { file, bytes } of files) console.log(`  ${(bytes / 1_000).toFixed(1).padStart(6)} kB  ${file}`);
console.log(`initial JS: ${totalKb.toFixed(1)} kB of ${BUDGET_KB} kB`);
if (totalKb > BUDGET_KB) process.exitCode = 1;

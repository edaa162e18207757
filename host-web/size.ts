// Prints the JavaScript that the page's HTML asks for, gzipped, and exits 1 above the budget. The chunks that this script
// then fetches before the composer is usable are not counted; with them the page is above the budget.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const BUDGET_KB = 245;
const shell = join(process.argv[2] ?? join(import.meta.dirname, '../.parley/web'), 'shell');
const html = readFileSync(join(shell, 'index.html'), 'utf8');
const scripts = [...html.matchAll(/<script[^>]+src="?([^"\s>]+)/g)].map((match) => match[1] ?? '');
const sizes = scripts.map((src) => ({ src, bytes: gzipSync(readFileSync(join(shell, src)), { level: 9 }).length }));
const totalKb = sizes.reduce((sum, { bytes }) => sum + bytes, 0) / 1_024;
for (const { src, bytes } of sizes) console.log(`  ${(bytes / 1_024).toFixed(1).padStart(6)} kB  ${src}`);
console.log(`initial JS: ${totalKb.toFixed(1)} kB of ${BUDGET_KB} kB`);
if (totalKb > BUDGET_KB) process.exitCode = 1;

// npm run kit -- <plugin> [...]: plays the conformance kits of plugins, as their `src/server/kit.ts` lists them.
// Closes with `kit: N passed, N failed`.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { KitRun } from '@parley/testing/kits';
import { root } from './run.ts';

const kitFile = (plugin: string): string => join(root, 'plugins', plugin, 'src/server/kit.ts');
const known = readdirSync(join(root, 'plugins')).filter((plugin) => existsSync(kitFile(plugin)));
const wanted = process.argv.slice(2);
const unknown = wanted.filter((plugin) => !known.includes(plugin));
if (unknown.length > 0) throw new Error(`no kit for ${unknown.join(', ')}; plugins with kits: ${known.join(', ')}`);

let passed = 0;
let failed = 0;
let skipped = 0;
for (const plugin of wanted.length > 0 ? wanted : known) {
  const { kits } = (await import(kitFile(plugin))) as { readonly kits: readonly KitRun[] };
  for (const kit of kits) {
    console.log(`--- ${plugin}: ${kit.capability}${kit.subject === undefined ? '' : `, ${kit.subject}`}`);
    const report = await kit.report();
    for (const { name, outcome, reason, durationMs } of report.results) {
      console.log(
        `${outcome.padEnd(7)} ${name} (${durationMs} ms)${reason === undefined ? '' : `\n        ${reason.replaceAll('\n', '\n        ')}`}`,
      );
    }
    passed += report.passed;
    failed += report.failed;
    skipped += report.skipped;
  }
}
console.log(`kit: ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(failed > 0 ? 1 : 0);

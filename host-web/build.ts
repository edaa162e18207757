// Builds the page and the plugins' web sides into <root>/.parley/web, unless nothing changed.
import { join } from 'node:path';
import { runsFromSource } from './build/run-from-source.ts';

async function main(): Promise<void> {
  const started = performance.now();
  const { buildWeb } = await import('./build/build-web.ts');
  const root = join(import.meta.dirname, '..');
  const { outDir } = await buildWeb({ root, onProgress: (line) => console.log(line) });
  console.log(`web: ${outDir} in ${((performance.now() - started) / 1_000).toFixed(1)} s`);
}

if (runsFromSource(import.meta.filename)) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

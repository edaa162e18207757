// What each door costs in the browser, React aside: `node core/ui/gallery/measure.mjs`. Sizes are kB, gzip level 9.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { rspack } from '@rspack/core';
import { createConfig } from './rspack.config.mjs';

const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'));
const doors = Object.keys(manifest.exports)
  .filter((door) => door !== './styles.css')
  .map((door) => [door.slice(2), [door.slice(2)]]);
const sets = [
  ...doors,
  ['boot: button, text-field, icon', ['button', 'text-field', 'icon']],
  ['boot + menu, tooltip', ['button', 'text-field', 'icon', 'menu', 'tooltip', 'provider', 'toast']],
];
const work = mkdtempSync(join(tmpdir(), 'parley-kit-'));
const kilobytes = (file) => gzipSync(readFileSync(file), { level: 9 }).length / 1000;

for (const [name, parts] of sets) {
  const file = join(work, 'entry.ts');
  // Namespaces that escape keep every export, as a shared federation module does.
  writeFileSync(
    file,
    parts
      .map(
        (part, index) => `import * as part${index} from '@parley/ui/${part}'; globalThis.part${index} = part${index};`,
      )
      .join('\n'),
  );
  const outputPath = join(work, 'out');
  const config = createConfig({ entry: { entry: file }, outputPath, external: true, html: false });
  config.resolve.modules = [
    join(import.meta.dirname, '../node_modules'),
    join(import.meta.dirname, '../../../node_modules'),
  ];
  const stats = await promisify(rspack)(config);
  if (stats.hasErrors()) throw new Error(stats.toString('errors-only'));
  const css = readdirSync(outputPath).filter((found) => found === 'entry.css');
  const line = [kilobytes(join(outputPath, 'entry.js')), ...css.map((found) => kilobytes(join(outputPath, found)))];
  console.log(
    `${name.padEnd(34)} js ${line[0].toFixed(1).padStart(6)}${line[1] === undefined ? '' : `  css ${line[1].toFixed(1)}`}`,
  );
}
rmSync(work, { recursive: true });
process.exit(0);

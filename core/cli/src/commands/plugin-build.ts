import { relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { MANIFEST_FILE } from '@parley/package';
import { hostAddress } from '../plugin-install/host-offer.ts';

/** `parley plugin build [folder]`: builds a plugin's package. */
export async function pluginBuild(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { 'no-types': { type: 'boolean' } },
  });
  const dir = resolve(positionals[0] ?? '.');
  const { buildPackage } = await import('../plugin-build/build-package.ts');
  const { manifest, sizes, notes } = await buildPackage({ dir, from: hostAddress(), hasTypes: !values['no-types'] });
  const { plugin, files, integrity, routes, parley } = manifest;
  const print = (line: string) => process.stdout.write(`${line}\n`);
  for (const { part, bytes } of sizes) {
    print(`  dist/${part}`.padEnd(20) + `${(bytes / 1_024).toFixed(1)} kB${part === 'web' ? ' gzipped' : ''}`);
  }
  print(`  ${MANIFEST_FILE}`.padEnd(20));
  print(`  serves ${routes.length} operations, takes from the host: ${Object.keys(parley.modules).join(', ')}`);
  for (const note of notes) print(`  note: ${note}`);
  const place = relative(process.cwd(), dir) || '.';
  print(
    `plugin build: ${plugin.id} ${plugin.version} in ${place}, ${Object.keys(files).length} files, integrity ${integrity.slice(0, 8)}`,
  );
}

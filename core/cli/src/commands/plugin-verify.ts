import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { countResults, defaultKeyFile, installedPackage, keyIdOf } from '@parley/package';
import { readOrMakeKey, REPORT_FILE, signReport } from '@parley/package';

/** `parley plugin verify [folder]`: puts a built package to the test and writes its signed report. */
export async function pluginVerify(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { key: { type: 'string' } },
  });
  const dir = resolve(positionals[0] ?? '.');
  const print = (lines: readonly string[]) => lines.forEach((line) => process.stdout.write(`${line}\n`));
  const [{ verifyBuilt }, { faultTable, sectionLines }] = await Promise.all([
    import('../plugin-verify/verify-package.ts'),
    import('../plugin-verify/print-section.ts'),
  ]);
  const { pack, sections } = await verifyBuilt(dir, (section) => print(sectionLines(section)));
  print(faultTable(sections));
  const { plugin, integrity } = pack.manifest;
  const { passed, failed, skipped } = countResults({ sections: [...sections] });
  const keyFile = values.key === undefined ? defaultKeyFile() : resolve(values.key);
  const { pem, isNew } = readOrMakeKey(keyFile);
  const report = signReport(
    {
      formatVersion: 1,
      plugin: plugin.id,
      version: plugin.version,
      integrity,
      madeAt: new Date().toISOString(),
      kits: installedPackage('@parley/testing', import.meta.url)?.version ?? '0.0.0',
      node: process.versions.node,
      verdict: failed === 0 ? 'passed' : 'failed',
      sections: [...sections],
    },
    pem,
  );
  writeFileSync(join(dir, REPORT_FILE), `${JSON.stringify(report, null, 2)}\n`);
  const key = `${isNew ? 'a new key, made in' : 'the key in'} ${keyFile} (${keyIdOf(report.publicKey)})`;
  print(['', `  ${REPORT_FILE}, signed with ${key}`]);
  print([`plugin verify: ${plugin.id} ${plugin.version}, ${passed} passed, ${failed} failed, ${skipped} skipped`]);
  // What a plugin left running would keep this process alive.
  process.exit(failed === 0 ? 0 : 1);
}

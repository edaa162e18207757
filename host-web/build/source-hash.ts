import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the build is made from. Tests and server sides are not part of it. */
const SOURCES = [
  'package-lock.json',
  'contracts/src/**/*.ts',
  'core/ui/src/**/*',
  'core/web/{src,build}/**/*',
  'host-web/{src,build,public}/**/*',
  'host-web/{index.html,build.ts}',
  'plugins/*/package.json',
  'plugins/*/src/{contract,web}/**/*',
];
const LEFT_OUT = /\.test\.tsx?$|tsconfig\.json$/;

/** A hash over the names and contents of everything the build reads, so that an unchanged tree is not built again. */
export function sourceHash(root: string): string {
  const hash = createHash('sha256').update(process.version);
  const files = globSync(SOURCES, { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile() && !LEFT_OUT.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  for (const file of files.toSorted()) hash.update(file.slice(root.length)).update('\0').update(readFileSync(file));
  return hash.digest('hex');
}

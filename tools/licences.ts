// Fails when an installed package is not under a permissive licence.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.ts';

const PERMISSIVE =
  /^(MIT|MIT-0|Apache-2\.0|BSD|BSD-2-Clause|BSD-3-Clause|0BSD|ISC|MPL-2\.0|OFL-1\.1|CC0-1\.0|CC-BY-3\.0|CC-BY-4\.0|BlueOak-1\.0\.0|Unlicense|Python-2\.0|WTFPL|Zlib)$/;
/** Packages that state their licence in another way, with what it is. */
const STATED_ELSEWHERE: Readonly<Record<string, string>> = { pause: 'MIT' };

const isPermissive = (licence: string): boolean =>
  licence
    .replaceAll(/[()]/g, ' ')
    .split(/\s+OR\s+/)
    .some((choice) =>
      choice
        .trim()
        .split(/\s+AND\s+/)
        .every((one) => PERMISSIVE.test(one.trim())),
    );

const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, { link?: boolean }>;
};
const problems: string[] = [];
let read = 0;
for (const path of Object.keys(lock.packages)) {
  const file = join(root, path, 'package.json');
  if (!path.includes('node_modules/') || !existsSync(file)) continue;
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as {
    name?: string;
    license?: string | { type?: string };
    licenses?: { type?: string }[];
  };
  const name = manifest.name ?? path;
  if (name.startsWith('@parley/')) continue;
  read += 1;
  const stated =
    typeof manifest.license === 'string'
      ? manifest.license
      : (manifest.license?.type ??
        manifest.licenses?.map((one) => one.type).join(' OR ') ??
        STATED_ELSEWHERE[name] ??
        '');
  if (!isPermissive(stated)) problems.push(`${name}: ${stated === '' ? 'no licence stated' : stated}`);
}
for (const problem of problems) console.error(problem);
console.log(`licences: ${read} packages, ${problems.length} problems`);
process.exitCode = problems.length > 0 ? 1 : 0;

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const COMPRESSED = /\.(js|css|html|svg|json|txt)$/;
const BROTLI_QUALITY = 9;
/** Below this a compressed copy saves nothing. */
const MIN_BYTES = 1_024;

/** Files of a folder by their path with `/`, compressed copies left out. */
export const listFiles = (dir: string): readonly string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(gz|br)$/.test(entry.name))
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .toSorted();

/** Subresource integrity of every file of a folder. */
export const hashFiles = (dir: string): Readonly<Record<string, string>> =>
  Object.fromEntries(listFiles(dir).map((file) => [file, integrityOf(readFileSync(join(dir, file)), 'sha256')]));

/** Subresource integrity, `<algorithm>-<base64>`. */
export const integrityOf = (bytes: Buffer, algorithm: 'sha256' | 'sha384'): string =>
  `${algorithm}-${createHash(algorithm).update(bytes).digest('base64')}`;

/** Writes a `.gz` and a `.br` beside each file that gains from it. */
export async function compressFiles(dir: string): Promise<void> {
  const files = listFiles(dir).filter((file) => COMPRESSED.test(file));
  await Promise.all(files.map((file) => compressFile(join(dir, file))));
}

async function compressFile(path: string): Promise<void> {
  const bytes = readFileSync(path);
  if (bytes.length < MIN_BYTES) return;
  const params = { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY };
  const [gz, br] = await Promise.all([
    promisify(gzip)(bytes, { level: 9 }),
    promisify(brotliCompress)(bytes, { params }),
  ]);
  writeFileSync(`${path}.gz`, gz);
  writeFileSync(`${path}.br`, br);
}

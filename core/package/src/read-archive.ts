import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { packageErrors } from './package-errors.ts';
import { isPlainPath } from './package-manifest.ts';

const BLOCK = 512;
const MAX_PACKED_BYTES = 40 * 1_024 * 1_024;
const MAX_UNPACKED_BYTES = 120 * 1_024 * 1_024;
const MAX_ENTRIES = 4_000;

/** What a type flag of the tar format means here. */
const FILE = new Set(['0', '\0', '']);
const FOLDER = '5';
/** Headers that only describe the next entry: extended attributes and long names of two dialects. */
const DESCRIBES = new Set(['x', 'g', 'L', 'K']);

interface Entry {
  readonly path: string;
  readonly content: Uint8Array;
}

/**
 * Unpacks a package as `npm pack` makes it into an empty folder. Only plain files below one top folder come out: a path
 * that leaves it, a link or a device makes the whole archive refused, and nothing is written.
 * @throws PACKAGE_BAD_ARCHIVE, PACKAGE_TOO_LARGE
 */
export function unpackArchive(archive: string, into: string): void {
  for (const { path, content } of readEntries(archive, inflate(archive))) {
    const to = join(into, path);
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, content, { mode: 0o644 });
  }
}

function inflate(archive: string): Buffer {
  const tooLarge = (reason: string) => packageErrors.TOO_LARGE({ place: archive, reason });
  if (statSync(archive).size > MAX_PACKED_BYTES) throw tooLarge(`it has more than ${MAX_PACKED_BYTES} bytes`);
  try {
    return gunzipSync(readFileSync(archive), { maxOutputLength: MAX_UNPACKED_BYTES });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw tooLarge(`it unpacks to more than ${MAX_UNPACKED_BYTES} bytes`);
    }
    throw packageErrors.BAD_ARCHIVE({ place: archive, reason: 'it is no gzip archive' }, error);
  }
}

/** All files, checked before any is written. */
function readEntries(place: string, tar: Buffer): readonly Entry[] {
  const refuse = (reason: string) => packageErrors.BAD_ARCHIVE({ place, reason });
  const entries = new Map<string, Entry>();
  let longPath: string | undefined;
  for (let at = 0; at + BLOCK <= tar.length && tar[at] !== 0; ) {
    const header = tar.subarray(at, at + BLOCK);
    const size = readNumber(header.subarray(124, 136));
    if (size === undefined || !hasChecksum(header)) throw refuse('it is damaged: a header of it can not be read');
    const content = tar.subarray(at + BLOCK, at + BLOCK + size);
    if (content.length < size) throw refuse('it is damaged: it ends in the middle of a file');
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    const type = String.fromCharCode(header[156] ?? 0);
    if (DESCRIBES.has(type)) {
      longPath = type === 'L' ? readText(content) : type === 'x' ? (pathOfAttributes(content) ?? longPath) : longPath;
      continue;
    }
    const path = longPath ?? pathOf(header);
    longPath = undefined;
    if (type === FOLDER && isInside(path.replace(/\/$/, ''))) continue;
    if (!FILE.has(type)) throw refuse(`${path} is a link or a device; a package holds plain files`);
    if (!isInside(path)) throw refuse(`its file ${JSON.stringify(path)} would leave the folder of the package`);
    const inside = path.split('/').slice(1).join('/');
    if (entries.has(inside)) throw refuse(`${inside} stands in it twice`);
    entries.set(inside, { path: inside, content });
    if (entries.size > MAX_ENTRIES) throw packageErrors.TOO_LARGE({ place, reason: `more than ${MAX_ENTRIES} files` });
  }
  // What a package may not install is left out: hidden files and brought dependencies.
  return [...entries.values()].filter(({ path }) => isPlainPath(path));
}

/** Below one top folder, with neither `..`, an absolute path, a drive nor a backslash. */
const isInside = (path: string): boolean =>
  path.length < 400 &&
  !/[\\:\0]/.test(path) &&
  !path.startsWith('/') &&
  path.split('/').every((name) => name !== '' && name !== '.' && name !== '..');

const readText = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8').replace(/\0.*$/s, '');

function readNumber(bytes: Uint8Array): number | undefined {
  const text = readText(bytes).trim();
  return /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : undefined;
}

function hasChecksum(header: Buffer): boolean {
  const sum = header.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 32 : byte), 0);
  return readNumber(header.subarray(148, 156)) === sum;
}

function pathOf(header: Buffer): string {
  const [name, prefix] = [readText(header.subarray(0, 100)), readText(header.subarray(345, 500))];
  return prefix === '' ? name : `${prefix}/${name}`;
}

/** The `path` of an extended header: lines of `<length> <key>=<value>`. */
const pathOfAttributes = (content: Uint8Array): string | undefined =>
  /(?:^|\n)\d+ path=([^\n]*)\n/.exec(readText(content))?.[1];

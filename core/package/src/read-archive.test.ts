import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { entriesOf, writeArchive } from './testing/write-archive.ts';
import type { ArchiveEntry } from './testing/write-archive.ts';
import { makeFolder, writePackage } from './testing/write-package.ts';
import { listFiles } from './hash-files.ts';
import { unpackArchive } from './read-archive.ts';
import { readPackage, verifyPackage } from './read-package.ts';

const good: ArchiveEntry = { path: 'package/plugin.manifest.json', content: '{}' };

describe('an archive', () => {
  it('gives the package that was packed', () => {
    const source = writePackage();
    const into = makeFolder();
    unpackArchive(writeArchive(entriesOf(source)), into);
    verifyPackage(readPackage(into));
    expect(listFiles(into)).toEqual(listFiles(source));
  });

  it('leaves hidden files and brought dependencies behind', () => {
    const into = makeFolder();
    const extra = ['.npmrc', 'node_modules/zod/index.js', 'dist/.hidden'].map((path) => ({ path: `package/${path}` }));
    unpackArchive(writeArchive([good, ...extra]), into);
    expect(listFiles(into)).toEqual(['plugin.manifest.json']);
  });

  it.each<[string, ArchiveEntry]>([
    ['a path above it', { path: 'package/../../evil.js', content: 'x' }],
    ['a path beside it', { path: '../evil.js', content: 'x' }],
    ['an absolute path', { path: '/tmp/evil.js', content: 'x' }],
    ['a path of Windows', { path: 'package\\..\\evil.js', content: 'x' }],
    ['a drive', { path: 'C:/evil.js', content: 'x' }],
    ['a symbolic link', { path: 'package/link', type: '2', link: '/etc/passwd' }],
    ['a hard link', { path: 'package/link', type: '1', link: 'package/plugin.manifest.json' }],
    ['a device', { path: 'package/device', type: '3' }],
    ['a file twice', good],
  ])('with %s is refused as a whole', (_what, hostile) => {
    const into = join(makeFolder(), 'into');
    expect(() => unpackArchive(writeArchive([good, hostile]), into)).toThrow(
      expect.objectContaining({ code: 'PACKAGE_BAD_ARCHIVE' }),
    );
    expect(existsSync(into)).toBe(false);
  });

  it('with a long name that leaves it is refused', () => {
    const entries = [
      { path: '././@LongLink', type: 'L', content: '../../evil.js\0' },
      { path: 'package/x', content: 'x' },
    ];
    expect(() => unpackArchive(writeArchive(entries), makeFolder())).toThrow('would leave the folder');
  });

  it('with an attribute that renames a file out of it is refused', () => {
    const entries = [
      { path: 'x', type: 'x', content: '22 path=../../evil.js\n' },
      { path: 'package/x', content: 'x' },
    ];
    expect(() => unpackArchive(writeArchive(entries), makeFolder())).toThrow('would leave the folder');
  });

  it('that unpacks to very much is refused before it is written', () => {
    const bomb = { path: 'package/big.js', content: new Uint8Array(130 * 1_024 * 1_024) };
    expect(() => unpackArchive(writeArchive([bomb]), makeFolder())).toThrow(
      expect.objectContaining({ code: 'PACKAGE_TOO_LARGE' }),
    );
  });

  it('that is none is refused', () => {
    expect(() => unpackArchive(import.meta.filename, makeFolder())).toThrow('it is no gzip archive');
  });
});
